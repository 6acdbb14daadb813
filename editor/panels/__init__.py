"""What stands beside the picture: inspector, keyframes, jobs, history, and the page that begins a project."""
