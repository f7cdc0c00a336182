"""What pages share: services, the draft, forms, panels, messages. Besides pages, only this
package imports streamlit."""
