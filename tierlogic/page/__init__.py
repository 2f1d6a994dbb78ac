"""The Streamlit page: inputs make a scenario, views show its answer.

A run of the page speaks the reader's language. A widget's callback comes before it: it keeps no words
for later, only what they are made from.
"""
