"""The control of Tonelli & Mouret's claim: the same weights and rules of learning on other links, in a life of their own. A network without
hidden neurons, of whatever encoding, is written as a direct genome, whose links can change places."""

import os
import random
import tempfile

from ..runs import RunError

TIMES = 5  # permutations per network
DIRECT = "operant_conditioning_direct"
AS_THEY_ARE = ["encoding.coefficient_threshold=0", "encoding.coefficient_limit=0", "encoding.rate_scale=1"]  # numbers of a table, not genes
LEARNED = ("a", "b", "c", "rate")


def links_of(call, path):
    """({neuron: its links, one per source, as dictionaries}, {neuron: bias}) of the best elite at its birth."""
    nodes, edges = (call.rows("query", path, "--table", f"network/{table}", "--best") for table in ("node", "edge"))
    sources = [node["node"] for node in nodes if node["kind"] == "input"]
    biases = {node["node"]: float(node["bias"]) for node in nodes if node["kind"] == "output"}
    none = dict.fromkeys(("weight", *LEARNED, "modulates"), "0")
    found = {(edge["source"], edge["target"]): edge for edge in edges}
    return {neuron: [found.get((source, neuron), none) for source in sources] for neuron in biases}, biases


def genome(links, biases):
    """A direct genome: weights and bias of each neuron, then A, B, C and rates, then what modulates, all in the order of the links."""
    flat = [link for neuron in links.values() for link in neuron]
    weights = [gene for neuron, of_neuron in links.items() for gene in (*(float(link["weight"]) for link in of_neuron), biases[neuron])]
    return [*weights, *(float(link[name]) for name in LEARNED for link in flat), *(1 if float(link["modulates"]) else -1 for link in flat)]


def permuted(links, stream):
    """All links but the biases in places drawn anew."""
    flat = [link for neuron in links.values() for link in neuron]
    flat = iter(stream.sample(flat, len(flat)))
    return {neuron: [next(flat) for _ in of_neuron] for neuron, of_neuron in links.items()}


def permuted_abilities(call, outcomes, abilities):
    """The mean share of all sets that the best network of each run learns once its links have changed places.
    @param abilities  what they learn as they are; the rewritten networks must learn the same"""
    stream, genomes = random.Random(1), []
    for outcome in outcomes:
        links, biases = links_of(call, outcome.path)
        genomes += [genome(links, biases), *(genome(permuted(links, stream), biases) for _ in range(TIMES))]
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "genomes.csv")
        with open(file, "w", encoding="utf-8") as text:
            text.writelines(",".join(map(repr, genes)) + "\n" for genes in genomes)
        configuration = os.path.join(call.options.configurations, DIRECT + ".toml")
        general = [float(row["general"]) for row in call.evaluate(configuration, "--genomes", file,
                                                                  settings=["environment.general=true", *AS_THEY_ARE])]
    runs = [general[i:i + TIMES + 1] for i in range(0, len(general), TIMES + 1)]
    if [run[0] for run in runs] != abilities:
        raise RunError("operant conditioning: networks that are written as direct genomes learn other sets than the originals")
    return [sum(run[1:]) / TIMES for run in runs]
