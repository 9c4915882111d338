"""The opinion map: votes with gaps become a picture, groups, and what unites and divides them."""
