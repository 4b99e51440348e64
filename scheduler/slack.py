"""Slack with people: by how many weeks an activity can move (the way in to `scheduler.simulating.slack_weeks`)."""

from scheduler.simulating.slack_weeks import REACH_WEEKS, Slack, SlackFinder, slack

__all__ = ["REACH_WEEKS", "Slack", "SlackFinder", "slack"]
