"""HyperNEAT and ES-HyperNEAT in the deceptive hard maze: what the body's geometry, the substrate and the CPPN contribute."""

from .bars import bar, solved_runs
from .table import Row, Table

HYPERNEAT_BAR, ES_BAR = 18, 15  # of 20

NOVELTY = "hard_maze_novelty"
ES = "hard_maze_es_hyperneat_novelty"
AUTHOR = ["encoding.initial_depth=3", "encoding.max_depth=3", "encoding.iterations=1", "encoding.cppn_output=bipolar_sigmoid",
          "encoding.layer_coordinate=false", "encoding.kind_coordinate=false"]
TRUE_PLACES, DISCOVERED = "HyperNEAT, true places", "ES-HyperNEAT, true places"


def changed(title, *settings):
    """HyperNEAT with one change."""
    return Row(title, NOVELTY, list(settings))


def discovered(title, *settings):
    """ES-HyperNEAT with one change."""
    return Row(title, ES, list(settings))


def conclude_hyperneat(outcomes, _):
    shuffled, rows = (solved_runs(outcomes[title]) for title in ("shuffled places", "rows"))
    return [bar(TRUE_PLACES, outcomes, HYPERNEAT_BAR), "",
            f"The same places dealt out anew among the sensors: {shuffled} solved; in rows: {rows}."]


def conclude_es(outcomes, _):
    return [bar(DISCOVERED, outcomes, ES_BAR)]


TABLES = [
    Table("hard_maze", "HyperNEAT in the hard maze, novelty search, one change at a time", [
        Row(TRUE_PLACES, NOVELTY),
        Row("shuffled places", "hard_maze_novelty_shuffled"),
        Row("rows", "hard_maze_novelty_rows"),
        Row("objective", "hard_maze_objective"),
        Row("random", "hard_maze_random"),
        changed("no hidden neurons", "encoding.hidden=[]"),
        Row("hidden grid of 5x5", "hard_maze_novelty_grid"),
        changed("output activation tanh", "encoding.output_activation=tanh"),
        changed("output activation sigmoid", "encoding.output_activation=sigmoid"),
        changed("weight range 1", "encoding.weight_range=1"),
        changed("weight range 8", "encoding.weight_range=8"),
        changed("expression threshold 0", "encoding.threshold=0"),
        changed("expression threshold 0.4", "encoding.threshold=0.4"),
        changed("CPPN input distance", "encoding.distance_input=true"),
        changed("CPPN inputs deltas", "encoding.delta_inputs=true"),
        changed("without the kind of sensor", "encoding.kind_coordinate=false"),
        changed("without layer and kind", "encoding.kind_coordinate=false", "encoding.layer_coordinate=false"),
        Row("link expression output", "hard_maze_novelty_leo"),
    ], conclude=conclude_hyperneat,
        about="The maze and novelty search of Lehman & Stanley (2011). True places: each sensor in its own direction around the "
        "body. Without a change: one row of 10 hidden neurons, steep sigmoids, weight range 3, threshold 0.2; the CPPN is told "
        "the places of both ends, the layer and the kind of sensor. Estimate: 2 hours on two cores."),
    Table("hard_maze_es", "ES-HyperNEAT in the hard maze, novelty search, one change at a time", [
        Row(DISCOVERED, ES),
        discovered("CPPN output bipolar sigmoid", "encoding.cppn_output=bipolar_sigmoid"),
        discovered("without layer and kind", "encoding.layer_coordinate=false", "encoding.kind_coordinate=false"),
        discovered("one update per step", "environment.updates=1"),
        discovered("shuffled places", "environment.places=shuffled"),
        discovered("rows", "environment.places=rows"),
        Row("objective", "hard_maze_es_hyperneat_objective"),
        Row("random", "hard_maze_es_hyperneat_random"),
        discovered("biases painted", "encoding.biases=true"),
        discovered("depth 3", "encoding.initial_depth=3", "encoding.max_depth=3"),
        discovered("one round of searches from hidden neurons", "encoding.iterations=1"),
        discovered("weights normalised", "encoding.normalise_weights=true"),
        discovered("weight range 8", "encoding.weight_range=8"),
        discovered("the author's settings", "environment.updates=2", *AUTHOR),
    ], conclude=conclude_es,
        about="As above, but hidden neurons are where the CPPN's bands are: among 4x4 places, found from sensors (no searches from "
        "hidden neurons), three updates per step, a sine as the CPPN's output, which is told layer and kind. These were chosen on "
        "seeds from 1001. The author's settings: a grid of 8x8, one round of searches, bipolar sigmoid, places alone, two updates. "
        "Estimate: 5 hours on two cores."),
]
