"""Where parts are solved: at once in the calling thread, in processes beside it, on a cluster."""
