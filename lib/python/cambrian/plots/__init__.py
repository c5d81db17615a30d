"""Pictures of a Cambrian run, from the run file alone."""
