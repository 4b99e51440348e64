"""Slack with people: by how many weeks an activity can move (the way in to `scheduler.robustness.slack`)."""

from scheduler.robustness.slack import REACH_WEEKS, Slack, SlackFinder, slack

__all__ = ["REACH_WEEKS", "Slack", "SlackFinder", "slack"]
