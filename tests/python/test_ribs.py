"""A loop written for pyribs, with its imports changed."""

import unittest

import numpy
from cambrian.ribs.archives import CVTArchive, GridArchive
from cambrian.ribs.emitters import EvolutionStrategyEmitter, GaussianEmitter, IsoLineEmitter
from cambrian.ribs.schedulers import Scheduler
from sphere import evaluate


class Ribs(unittest.TestCase):
    def run_loop(self, archive, emitters, result_archive=None, iterations=30):
        scheduler = Scheduler(archive, emitters, result_archive)
        for _ in range(iterations):
            solutions = scheduler.ask()
            scheduler.tell(*evaluate(solutions))
        return scheduler

    def test_cma_me(self):
        archive = GridArchive(solution_dim=10, dims=[20, 20], ranges=[(-25.6, 25.6)] * 2, qd_score_offset=-600, seed=1)
        emitters = [EvolutionStrategyEmitter(archive, x0=[0.0] * 10, sigma0=0.5, ranker="2imp", batch_size=36) for _ in range(5)]
        scheduler = self.run_loop(archive, emitters)
        self.assertEqual(scheduler.ask().shape, (180, 10))
        data = archive.data()
        objectives, measures = evaluate(data["solution"])
        numpy.testing.assert_array_equal(data["objective"], objectives)
        numpy.testing.assert_array_equal(data["measures"], measures)
        self.assertAlmostEqual(archive.stats.qd_score, (objectives + 600).sum(), places=6)
        self.assertEqual(archive.best_elite["objective"], objectives.max())

    def test_cma_mae_with_a_result_archive(self):
        box = dict(solution_dim=10, dims=[20, 20], ranges=[(-25.6, 25.6)] * 2)
        archive = GridArchive(**box, learning_rate=0.01, threshold_min=-600.0)
        result = GridArchive(**box)
        emitters = [EvolutionStrategyEmitter(archive, x0=numpy.zeros(10), sigma0=0.5, ranker="imp", selection_rule="mu",
                                             restart_rule="basic", batch_size=36) for _ in range(3)]
        self.run_loop(archive, emitters, result)
        self.assertGreaterEqual(len(result), len(archive))
        self.assertGreater(len(archive), 0)

    def test_elites_are_varied(self):
        for archive in (GridArchive(solution_dim=10, dims=[20, 20], ranges=[(-25.6, 25.6)] * 2),
                        CVTArchive(solution_dim=10, centroids=200, ranges=[(-25.6, 25.6)] * 2, samples=2000)):
            self.run_loop(archive, [IsoLineEmitter(archive, x0=[0.0] * 10, iso_sigma=0.5, batch_size=50)])
            self.assertGreater(archive.stats.coverage, 0.05)

    def test_what_a_run_has_once_must_agree(self):
        archive = GridArchive(solution_dim=10, dims=[20, 20], ranges=[(-25.6, 25.6)] * 2)
        with self.assertRaisesRegex(ValueError, "sigma"):
            Scheduler(archive, [GaussianEmitter(archive, sigma=0.1, x0=[0.0] * 10), GaussianEmitter(archive, sigma=0.2, x0=[0.0] * 10)])


if __name__ == "__main__":
    unittest.main()
