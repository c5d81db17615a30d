"""What runs are called: by their algorithm, environment and encoding; of several runs, what they share is the
heading, and what tells them apart names each of them."""

ACRONYMS = {
    "map_elites": "MAP-Elites", "hyperneat": "HyperNEAT", "es_hyperneat": "ES-HyperNEAT", "neat": "NEAT", "dct": "DCT",
    "cma_me": "CMA-ME", "cma_mae": "CMA-MAE",
}


def words(name):
    """A name of a configuration in the field's spelling: map_elites -> MAP-Elites."""
    return ACRONYMS.get(name, str(name).replace("_", " "))


def parts_of(run):
    """(search, environment, encoding) in the field's spelling, the search by its algorithm where the file does not name it;
    bare vectors have no encoding."""
    encoding = str(run.attributes.get("encoding", ""))
    return (str(run.attributes.get("search", "")) or words(run.attributes.get("algorithm", "unknown algorithm")),
            words(run.attributes.get("environment", "unknown environment")),
            "" if encoding in ("", "none") else words(encoding))


def joined(parts):
    title = " · ".join(part for part in parts if part)
    return title[:1].upper() + title[1:]


def run_name(run):
    """What was run, but for its seed."""
    return joined(parts_of(run))


def run_title(run):
    seed = run.attributes.get("seed")
    return run_name(run) if seed is None else f"{run_name(run)} · seed {seed}"


def shared_name(runs):
    """The parts that all runs have in common; empty: none."""
    return joined(values[0] if len(set(values)) == 1 else "" for values in zip(*map(parts_of, runs)))


def name_groups(groups):
    """Labels each group by one rule, whether it is a file or a folder: by the parts in which the groups differ; where that
    leaves some of them the same, by the seed too, or, where more than the seed differs, by the file or folder."""
    parts = [[" and ".join(dict.fromkeys(values)) for values in zip(*map(parts_of, group.runs))] for group in groups]
    telling = [i for i in range(3) if len({row[i] for row in parts}) > 1]
    labels = [joined(row[i] or "bare vectors" for i in telling) for row in parts]
    for group, label in zip(groups, labels):
        alike = [other for other, others in zip(groups, labels) if others == label]
        group.label = label if label and len(alike) == 1 else f"{label} {_apart(group, alike, bool(label))}".strip()


def _apart(group, alike, in_brackets):
    """What tells a group from those that are called alike."""
    seeds = {str(other.runs[0].attributes.get("seed")) for other in alike if len(other.runs) == 1}
    if len(alike) > 1 and len(seeds) == len(alike) and len({other.kind for other in alike}) == 1:
        text = f"seed {group.runs[0].attributes.get('seed')}"
    else:
        text = group.place
    return f"({text})" if in_brackets else text
