"""The pure solver: Problem -> Plan, check; imports nothing of ours."""
