"""The only place where student code runs, and the engines that send it there."""
