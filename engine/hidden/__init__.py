"""What hidden layers do: their units, their losses, their curvature."""
