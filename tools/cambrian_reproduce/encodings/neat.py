"""NEAT on XOR (reference: Stanley & Miikkulainen 2002)."""

from .table import Row, Table

BUDGET = 100_000

TABLES = [Table("xor", "NEAT on XOR, until all four answers are right", [
    Row("NEAT, textbook", "xor_neat", seeds=100, evaluations=BUDGET,
        published="mean 4,755, 2.35 hidden nodes (Stanley & Miikkulainen 2002)"),
    Row("preset nsc", "xor_neat_nsc", seeds=100, evaluations=BUDGET),
    Row("preset jair04", "xor_neat_jair04", seeds=100, evaluations=BUDGET)])]
