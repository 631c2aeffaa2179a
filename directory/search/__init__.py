"""Find people by what is known of them, without ever holding what may be shown."""
