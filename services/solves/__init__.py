"""Solves, replans and simulations of the stored programme, from request to stored answer."""
