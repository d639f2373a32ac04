"""The canvas: people in cm and kg, what the models make of them, and the tools that change them."""
