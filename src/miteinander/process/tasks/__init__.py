"""What the worker does for a process."""

from miteinander.process.tasks import computing as computing
