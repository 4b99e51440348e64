"""What a problem consists of, one kind of fact a file; `scheduler.values.problem` puts them together and is the way in.

Nothing is computed here: these are the values that whoever builds a problem fills in, and that everything else reads.
"""
