"""From decisions back to rules: how precise each rule is, guards and rows to consider, what a rule change does."""
