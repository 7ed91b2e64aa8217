"""Pure functions from a `View` to small frames and to one frozen `Findings`."""
