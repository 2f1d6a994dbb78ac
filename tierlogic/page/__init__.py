"""The Streamlit page: inputs make a scenario, views show its answer.

A run of the page speaks the reader's language. A callback of a widget comes before it, so that it
keeps no words for later, only what they are made from.
"""
