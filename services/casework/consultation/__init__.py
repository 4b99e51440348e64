"""Consultation of children, young people, parents and carers: whom, how often, what came back and what was told."""
