"""Django's PostgreSQL backend, which starts the private server before the first connection."""

from django.conf import settings
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from schulerfolg import devdb


class DatabaseClient(PostgresClient):
    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict, parameters):
        args, env = super().settings_to_cmd_args_env(settings_dict, parameters)
        return [str(devdb.bin_dir() / "psql"), *args[1:]], env


class DatabaseWrapper(PostgresWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params):
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            devdb.ensure_running(settings.BASE_DIR)
            return super().get_new_connection(conn_params)
