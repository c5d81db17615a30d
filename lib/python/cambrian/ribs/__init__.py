"""The classes of pyribs over Cambrian's searches: a loop written for pyribs is ported by changing its imports from `ribs` to
`cambrian.ribs`. What a class cannot do here it refuses in one line. Search and Archive, which these are made of, offer more."""

from . import archives, emitters, schedulers

__all__ = ["archives", "emitters", "schedulers"]
