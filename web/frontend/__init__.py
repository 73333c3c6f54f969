"""Browser libraries: pinned in package.json, copied into the package when it is installed."""
