"""An authority prepares for an inspection in a space of its own: nobody of the inspectorate's side sees any of it."""
