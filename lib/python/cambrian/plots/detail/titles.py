"""Titles: what run it is, how it stands, and what its numbers are parts of."""

from . import names, style

LONGEST = 66  # letters of a line over the narrowest picture

def share(part, whole):
    """A part in percent, with as many digits as it takes not to round it to none or all: 99.96 % of 2,500 cells."""
    percent = 100 * part / max(whole, 1)
    if part in (0, whole):
        return f"{percent:.0f} %"
    texts = (f"{percent:.{digits}f}" for digits in range(1, 7))
    near = "below 0.000001" if percent < 50 else "above 99.999999"
    return next((text for text in texts if float(text) not in (0.0, 100.0)), near) + " %"


def shape_of(archive):
    """How an archive is cut, or bounded: 50 × 50 cells; empty: unstructured and unbounded."""
    if archive.centroids is not None:
        return f"{archive.cells:,} regions"
    if archive.slices:
        return f"{' × '.join(f'{n:,}' for n in archive.slices)} cells"
    return f"at most {archive.capacity:,}" if archive.capacity else ""


def filled(archive):
    """738 of 50 × 50 cells (29.5 %); of an archive without cells, its elites."""
    if archive.slices or archive.centroids is not None:
        return f"{archive.size:,} of {shape_of(archive)} ({share(archive.size, archive.cells)})"
    return style.how_many(archive.size, "elite") + (f", {shape_of(archive)}" if archive.capacity else "")


def with_unit(text, unit):
    return f"{text} {unit}" if unit else text


def run_subtitle(run, archive):
    """How it stands."""
    parts = []
    if "evaluations" in run.attributes:
        parts.append(style.how_many(int(run.attributes["evaluations"]), "evaluation"))
    parts.append(filled(archive))
    if archive.slices and archive.size:
        score = with_unit(style.compact(archive.qd_score), archive.objective_unit)
        parts.append(f"QD score {score}" + (f" (offset {archive.qd_offset:g})" if archive.qd_offset else ""))
    if "solved_evaluation" in run.attributes:
        parts.append(f"solved at {int(run.attributes['solved_evaluation']):,}")
    return parts


def which(archive):
    """Which archive it is, where that is not the run's result."""
    return {"archive": "", "driver": "the archive that drives the search"}.get(archive.name, f"archive {archive.name}")


def put_title(figure, run, archive, *notes):
    """A bold heading, what was run, and beneath it in grey how it stands. @param notes  those that are not empty make a line"""
    note = ", ".join(filter(None, notes))
    put_lines(figure, names.run_title(run), packed(run_subtitle(run, archive)) + ([note] if note else []))


def packed(parts):
    """Lines of as many parts as have room in them."""
    lines = parts[:1]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) < LONGEST:
            lines[-1] += " · " + part
        else:
            lines.append(part)
    return lines


def put_lines(figure, heading, lines, legend=None, columns=1):
    """@param legend  (handles, labels) for the foot of the figure, in so many columns; matplotlib before 3.7 cannot make room"""
    width, height = figure.get_size_inches()
    line = 0.26 / height  # inches
    figure.text(0.5, 1 - 0.14 / height, heading, ha="center", va="top", fontsize=16, fontweight="bold", color=style.INK)
    figure.text(0.5, 1 - 0.46 / height, "\n".join(lines), ha="center", va="top", fontsize=13, color=style.QUIET)
    top = 1 - 0.55 / height - line * len(lines)
    foot = 0.01
    if legend:
        figure.legend(*legend, loc="lower center", ncol=columns, fontsize=13, columnspacing=1.4, handletextpad=0.5)
        foot += 0.1 / height + 0.27 / height * -(-len(legend[1]) // columns)
    figure.get_layout_engine().set(rect=(0.01, foot, 0.98, top - foot))


def group_title(groups):
    """What all runs share; the legend tells them apart."""
    runs = [run for group in groups for run in group.runs]
    return names.shared_name(runs) or style.how_many(len(groups), "configuration")


def group_subtitle(groups):
    """How many runs, and of which length; the second line says how curves over seeds are drawn."""
    runs = [run for group in groups for run in group.runs]
    lengths = sorted({int(run.attributes.get("evaluations", 0)) for run in runs})
    span = f"{lengths[0]:,}" if len(lengths) == 1 else f"{lengths[0]:,} to {lengths[-1]:,}"
    lines = [f"{style.how_many(len(runs), 'run')} of {span} evaluations"]
    if len(runs) > len(groups):
        lines.append("median over seeds, shaded from the lower to the upper quartile")
    return lines


def early_ends(groups):
    """What a reader of curves is told where runs of a group ended at different evaluations; empty: they did not."""
    if any(min(ends) < 0.95 * max(ends) for ends in ([int(run.attributes.get("evaluations", 0)) for run in group.runs] for group in groups)):
        return ["a run that ended before others of its kind keeps its last value"]
    return []
