"""The process's room: mandate, phases, meetings, minutes, tasks, resolutions."""
