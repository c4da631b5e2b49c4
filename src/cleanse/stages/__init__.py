"""The built-in stages: each module proposes one kind of change and nothing else."""
