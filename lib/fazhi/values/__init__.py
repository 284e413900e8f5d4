"""What one cell says: numbers, money, dates, yes or no, names of closed lists. What is not certain is refused with a reason."""
