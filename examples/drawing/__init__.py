"""How england-2005 is made: real facts from its `sources` folder, the rest drawn with a fixed seed."""
