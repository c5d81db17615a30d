"""What the tables of networks that learn compute: rank tests, automorphisms, and their rows."""

import os
import random
import unittest

from cambrian_reproduce.encodings import conditioning, hinton_nowlan, plasticity
from cambrian_reproduce.encodings.permuted_links import genome, permuted, permuted_abilities
from cambrian_reproduce.encodings.rank_test import mann_whitney, ranks, spearman
from cambrian_reproduce.encodings.regularity import automorphisms, regularity, shuffled, shuffled_regularity
from cambrian_reproduce.encodings.trials import Outcome
from cambrian_reproduce.runs import RunError

EXPERIMENTS = os.path.join(os.path.dirname(__file__), "..", "..", "..", "data", "experiments")


def outcome(solved):
    return Outcome(1, "x", 1000, solved, 1.0, 1.0, "x")


class RankTests(unittest.TestCase):
    def test_equal_values_share_their_mean_rank(self):
        self.assertEqual(ranks([3, 1, 3, 2]), [3.5, 1, 3.5, 2])

    def test_mann_whitney_agrees_with_the_example_of_scipy(self):
        u, p = mann_whitney([19, 22, 16, 29, 24], [20, 11, 17, 12])
        self.assertEqual(u, 17)
        self.assertAlmostEqual(p, 0.11134688653314041, 12)

    def test_mann_whitney_is_the_same_the_other_way_round(self):
        some, others = [1, 2, 2, 5, 9], [2, 7, 8]
        u, p = mann_whitney(some, others)
        back, same = mann_whitney(others, some)
        self.assertEqual(u + back, 15)
        self.assertAlmostEqual(p, same, 12)

    def test_equal_samples_differ_by_chance_alone(self):
        self.assertEqual(mann_whitney([4, 4], [4, 4, 4]), (3.0, 1.0))

    def test_spearman_sees_order_alone(self):
        self.assertAlmostEqual(spearman([1, 2, 3, 4], [1, 8, 27, 900]), 1)
        self.assertAlmostEqual(spearman([1, 2, 3, 4], [4, 3, 2, 1]), -1)
        self.assertIsNone(spearman([1, 1, 1], [1, 2, 3]))


class Automorphisms(unittest.TestCase):
    IDENTITY = [[float(i == j) for i in range(4)] for j in range(4)]

    def test_equal_weights_can_be_relabelled_in_every_way(self):
        self.assertEqual(automorphisms([[1.0] * 4] * 4, 4), 24 * 24)

    def test_one_to_one_links_keep_pairs_together(self):
        self.assertEqual(automorphisms(self.IDENTITY, 4), 24)

    def test_sources_that_stay_hold_their_neurons(self):
        self.assertEqual(automorphisms([*self.IDENTITY, [1.0, 0.0, 0.0, 0.0]], 4), 6)

    def test_weights_without_a_pattern_have_none_but_the_network_itself(self):
        self.assertEqual(regularity([[1.0, 0.5, 0.0, -1.0], [0.0, 1.0, 0.0, 0.5], [-1.0, 0.0, 0.5, 0.0], [0.0, 0.0, 1.0, 1.0]], 4), 0)

    def test_differences_below_a_level_do_not_count(self):
        self.assertEqual(automorphisms([[1.0, 1.01], [0.99, 1.0]], 2), 4)

    def test_shuffling_keeps_the_weights_and_loses_regularity(self):
        import random
        moved = shuffled(self.IDENTITY, random.Random(3))
        self.assertEqual(sorted(sum(moved, [])), sorted(sum(self.IDENTITY, [])))
        self.assertLess(shuffled_regularity(self.IDENTITY, 4), regularity(self.IDENTITY, 4))


class PermutedLinks(unittest.TestCase):
    LINKS = {neuron: [{"weight": f"{10 * neuron + source}", "a": "1", "b": "2", "c": "3", "rate": f"{source}", "modulates": f"{source}"}
                      for source in (0, 1)] for neuron in (5, 6)}
    BIASES = {5: 0.5, 6: 0.25}

    def test_a_genome_has_weights_with_biases_then_the_rules_then_what_modulates(self):
        self.assertEqual(genome(self.LINKS, self.BIASES), [50, 51, 0.5, 60, 61, 0.25, *[1] * 4, *[2] * 4, *[3] * 4, 0, 1, 0, 1, -1, 1, -1, 1])

    def test_links_change_places_whole(self):
        def flat(links):
            return [tuple(link.values()) for of_neuron in links.values() for link in of_neuron]

        moved = permuted(self.LINKS, random.Random(3))
        self.assertNotEqual(flat(moved), flat(self.LINKS))
        self.assertEqual(sorted(flat(moved)), sorted(flat(self.LINKS)))
        self.assertEqual([len(links) for links in moved.values()], [2, 2])

    def test_networks_that_learn_otherwise_once_they_are_rewritten_are_an_error(self):
        class Call:
            options = type("Options", (), {"configurations": "."})

            def rows(self, *words):
                if "network/node" in words:
                    return [{"node": "0", "kind": "input", "bias": "0"}, {"node": "1", "kind": "output", "bias": "0"}]
                return []

            def evaluate(self, *_, **__):
                return [{"general": "0.5"}] * 6

        self.assertEqual(permuted_abilities(Call(), [outcome(None)], [0.5]), [0.5])
        with self.assertRaisesRegex(RunError, "learn other sets"):
            permuted_abilities(Call(), [outcome(None)], [0.25])


class Rows(unittest.TestCase):
    TABLES = [*plasticity.TABLES, *hinton_nowlan.TABLES, *conditioning.TABLES]

    def test_every_row_has_its_experiment_and_a_folder_of_its_own(self):
        for table in self.TABLES:
            self.assertEqual(len({row.folder for row in table.rows}), len(table.rows))
            for row in table.rows:
                self.assertTrue(os.path.exists(os.path.join(EXPERIMENTS, row.experiment + ".toml")), row.experiment)

    def test_the_latin_square_asks_each_action_of_each_stimulus_once(self):
        for stimulus in range(conditioning.STIMULI):
            self.assertEqual(sorted((number >> 2 * stimulus) % 4 for number in conditioning.LATIN), [0, 1, 2, 3])

    def test_conditioning_has_every_encoding_with_one_to_seven_sets(self):
        titles = [row.title for row in conditioning.TABLES[0].rows]
        self.assertEqual(len(titles), 21)
        for encoding in conditioning.ENCODINGS:
            for count in range(1, 8):
                self.assertIn(conditioning.title_of(encoding, count), titles)

    def test_a_comparison_says_who_needs_more(self):
        fast, slow = [outcome(10 + i) for i in range(20)], [outcome(None)] * 20
        lines = plasticity.compare({plasticity.PLASTIC: fast, "fixed feed-forward": slow, "fixed recurrent, Elman": fast}, None)
        self.assertIn("the plastic ones need fewer", lines[2])
        self.assertIn("no difference is shown", lines[3])

    def test_a_generation_that_finds_the_string_in_half_of_its_lives_keeps_it(self):
        last = [hinton_nowlan.Generation([0, 1, 0], fitness) for fitness in (1.0, 9.9, 10.0, 20.0)]
        self.assertEqual(hinton_nowlan.kept(last), 2)


if __name__ == "__main__":
    unittest.main()
