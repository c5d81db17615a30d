"""What is measured of a change of weights, and how CPPNs are painted in Python."""

import unittest

import numpy as np

from cambrian_reproduce.encodings.buys import CPPN, DCT, DIRECT, GROWN, LOW, NORMAL, SHUFFLED, Parent, grown, mutants, sign_test
from cambrian_reproduce.encodings.cppn import Substrate
from cambrian_reproduce.encodings.weight_change import correlation_by_distance, cosine_changes, participation_ratio, steps_of, waves

ROWS, COLUMNS = 32, 115


def change_of(u, v):
    """What the coefficient (u, v) alone paints."""
    return np.outer(waves(ROWS)[:, u], waves(COLUMNS)[:, v]).ravel()


def link(source, target, weight, enabled=True):
    return {"source": source, "target": target, "weight": weight, "enabled": enabled}


def node(number, kind, activation="identity"):
    return {"id": number, "kind": kind, "activation": activation, "bias": 0.0}


BIAS = 6
# Inputs x1, y1, x2, y2, l2, k1; weight = tanh(x1 + 2 k1), bias = tanh(x2).
GRAPH = {"nodes": [*[node(i, "input") for i in range(6)], node(BIAS, "bias"), node(7, "output", "tanh"), node(8, "output", "tanh")],
         "links": [link(0, 7, 1.0), link(5, 7, 2.0), link(2, 8, 1.0), link(4, 7, 9.0, enabled=False)]}
NODES = [{"layer": layer, "x": x, "y": y, "bias": bias} for layer, x, y, bias in
         ((0, -1, 0, 0), (0, 1, 0, 0), (1, 0.5, 0, 1), (2, -0.5, 1, 2))]


def parent():
    substrate = Substrate(NODES, ["a", "b"])
    return Parent(GRAPH, substrate, substrate.paint(GRAPH)[0], np.random.default_rng(1))


class Breadth(unittest.TestCase):
    def test_one_weight_all_weights_and_waves_take_part_as_they_should(self):
        n = ROWS * COLUMNS
        self.assertEqual(participation_ratio([0, 0, 3.0]), 1)
        self.assertAlmostEqual(participation_ratio(change_of(0, 0)), n, places=5)
        self.assertAlmostEqual(participation_ratio(change_of(0, 5)), 2 * n / 3, places=5)
        self.assertAlmostEqual(participation_ratio(change_of(2, 5)), 4 * n / 9, places=5)

    def test_a_third_of_normal_ones_take_part(self):
        noise = np.random.default_rng(1).standard_normal(100_000)
        self.assertAlmostEqual(participation_ratio(noise) / 100_000, 1 / 3, places=2)

    def test_nothing_takes_part_where_nothing_changes(self):
        self.assertEqual(participation_ratio(np.zeros(4)), 0)


class Coherence(unittest.TestCase):
    def lag(self, k):
        """Along the second axis alone, a row as the links."""
        d = change_of(2, 5).reshape(ROWS, COLUMNS)
        return np.mean(d[:, :-k] * d[:, k:]) / np.mean(d**2)

    def test_a_wave_correlates_with_itself_as_the_reference_says(self):
        for k, expected in ((1, 0.982), (4, 0.820), (8, 0.399), (16, -0.637)):
            self.assertAlmostEqual(self.lag(k), expected, places=3)

    def test_bins_of_places_find_the_same_correlations(self):
        rows = change_of(2, 5).reshape(ROWS, COLUMNS)
        places = np.arange(COLUMNS, dtype=float)[:, None]
        curve = correlation_by_distance(rows[:1], places, (0.5, 1.5, 2.5))
        row = rows[0]
        first, second = np.triu_indices(COLUMNS, 1)
        everywhere = np.mean(row[first] * row[second]) / np.mean(row**2)
        self.assertAlmostEqual(curve[0], np.mean(row[:-1] * row[1:]) / np.mean(row**2) - everywhere)
        self.assertAlmostEqual(curve[1], np.mean(row[:-2] * row[2:]) / np.mean(row**2) - everywhere)

    def test_a_constant_change_differs_nowhere_from_permuted_places_and_empty_bins_say_so(self):
        curve = correlation_by_distance(np.ones((3, 5)), np.arange(5.0)[:, None], (0.5, 1.5, 1.7))
        self.assertAlmostEqual(curve[0], 0)
        self.assertTrue(np.isnan(curve[1]))

    def test_waves_are_orthonormal_and_reach_every_matrix(self):
        changes, orders = cosine_changes([(3, 4), (2, 5)])
        self.assertTrue(np.allclose(changes @ changes.T, np.eye(22)))
        self.assertEqual(orders[:5].tolist(), [0, 1, 2, 3, 1])


class Painted(unittest.TestCase):
    def test_weights_and_biases_follow_the_rules_of_hyperneat(self):
        weights = parent().substrate.paint(GRAPH)[0]
        a = np.tanh(1.0 + 2.0)  # from the second sensor, of the second kind
        self.assertAlmostEqual(weights[1], (a - 0.2) / 0.8 * 3)
        self.assertAlmostEqual(weights[0], -weights[1])
        self.assertAlmostEqual(weights[2], np.tanh(0.5) * 3)
        self.assertAlmostEqual(weights[3], (np.tanh(0.5) - 0.2) / 0.8 * 3)  # from the hidden neuron, of kind 0
        self.assertEqual(len(weights), 5)

    def test_decoded_tables_give_the_weights_in_the_same_order(self):
        weights = parent().substrate.weights(NODES, [{"source": 1, "target": 2, "weight": 7}, {"source": 2, "target": 3, "weight": 8}])
        self.assertEqual(weights.tolist(), [0, 7, 1, 8, 2])

    def test_a_cycle_is_refused(self):
        graph = {"nodes": GRAPH["nodes"] + [node(9, "hidden"), node(10, "hidden")], "links": [link(9, 10, 1.0), link(10, 9, 1.0)]}
        with self.assertRaises(ValueError):
            parent().substrate.paint(graph)


class Mutants(unittest.TestCase):
    def test_all_arms_change_the_weights_by_the_same_root_mean_square(self):
        whole = parent()
        for arm in (DIRECT, NORMAL, DCT, LOW, SHUFFLED, CPPN):
            changes = mutants(whole, arm, 0.1, 20).changes
            self.assertEqual(len(changes), 20, arm)
            sizes = np.linalg.norm(changes, axis=1) / np.linalg.norm(whole.weights)
            self.assertTrue(np.all((sizes > 0.0999) & (sizes < 0.101)), arm)

    def test_links_of_the_cppn_that_cannot_reach_a_change_are_counted(self):
        effect = mutants(parent(), CPPN, 100.0, 5)
        self.assertEqual((len(effect.changes), effect.unreachable), (0, 6))  # three enabled links, two signs each

    def test_a_cppn_grows_by_one_node_or_one_link_and_the_weights_change_by_as_much_as_they_do(self):
        draw = np.random.default_rng(2)
        biased = {**GRAPH, "links": [*GRAPH["links"], link(BIAS, 7, 0.5)]}
        sizes = set()
        for _ in range(100):
            graph = grown(biased, draw)
            sizes.add((len(graph["nodes"]) - len(biased["nodes"]), len(graph["links"]) - len(biased["links"])))
            self.assertEqual(len({(l["source"], l["target"]) for l in graph["links"]}), len(graph["links"]))
            if len(graph["nodes"]) > len(biased["nodes"]):
                split = [after for before, after in zip(biased["links"], graph["links"]) if before["enabled"] and not after["enabled"]]
                into, out = graph["links"][-2:]
                self.assertNotEqual(split[0]["source"], BIAS)
                self.assertEqual([(split[0]["source"], 1.0), (split[0]["target"], split[0]["weight"])],
                                 [(into["source"], into["weight"]), (out["target"], out["weight"])])
            parent().substrate.paint(graph)  # refuses cycles
        self.assertEqual(sizes, {(0, 1), (1, 2)})

    def test_a_node_that_computes_the_identity_changes_nothing(self):
        draw, split = np.random.default_rng(3), 0
        for _ in range(40):
            graph = grown(GRAPH, draw)
            if len(graph["nodes"]) == len(GRAPH["nodes"]):
                continue
            split += 1
            graph["nodes"][-1]["activation"] = "identity"
            self.assertTrue(np.allclose(parent().substrate.paint(graph), parent().substrate.paint(GRAPH)))
        self.assertGreater(split, 0)

    def test_growth_that_changes_no_weight_is_counted_apart(self):
        effect = mutants(parent(), GROWN, None, 200)
        self.assertEqual(len(effect.changes) + effect.unreachable, 200)
        self.assertGreater(effect.unreachable, 0)  # links from y1, which is 0 everywhere
        self.assertTrue(np.all(np.any(effect.changes, axis=1)))

    def test_the_smallest_step_is_found_for_each_sign(self):
        def change(deltas):
            return np.stack([deltas**2, 0 * deltas], axis=1)
        up, down = steps_of(change, 4.0)
        self.assertAlmostEqual(up, 2, places=3)
        self.assertAlmostEqual(down, -2, places=3)
        self.assertEqual(steps_of(lambda deltas: np.zeros((len(deltas), 2)), 1.0), [None, None])

    def test_the_sign_test_counts_both_tails(self):
        self.assertAlmostEqual(sign_test(5, 0), 2 / 32)
        self.assertEqual(sign_test(0, 0), 1)
        self.assertEqual(sign_test(3, 3), 1)
