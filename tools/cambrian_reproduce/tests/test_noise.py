"""Which elites are called solved, and which solve further episodes."""

import unittest

from cambrian_reproduce.noise import episodes


def rows(elites):
    return "id,sample,solved\n" + "".join(f"{id},{sample},{solved}\n" for id, solves in elites.items()
                                          for sample, solved in enumerate(solves))


class Episodes(unittest.TestCase):
    def test_an_elite_is_called_solved_if_it_solves_all_samples_of_its_run(self):
        self.assertEqual(episodes(rows({7: [1, 1, 1, 1, 1], 8: [0, 1, 1, 1, 1]}), 1), (1, 1))
        self.assertEqual(episodes(rows({7: [1, 1, 1, 1, 1, 1], 8: [1, 0, 1, 1, 1, 1]}), 2), (1, 1))

    def test_the_four_episodes_behind_them_decide(self):
        self.assertEqual(episodes(rows({7: [1, 1, 1, 1, 0], 8: [1, 1, 1, 1, 1, 0]}), 1), (2, 1))
        self.assertEqual(episodes(rows({7: [1] * 5 + [1, 1, 0, 1] + [1], 8: [1] * 9 + [0]}), 5), (2, 1))


if __name__ == "__main__":
    unittest.main()
