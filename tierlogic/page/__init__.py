"""The Streamlit page: inputs make a scenario, views show its answer."""
