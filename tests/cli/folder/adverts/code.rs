// We need a chairman in code.
