"""The floor plan: geometry, layout, drawing, who sits where, and drawings up and down."""
