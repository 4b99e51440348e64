"""The parts of replanning; `scheduler.replan` is the way in."""
