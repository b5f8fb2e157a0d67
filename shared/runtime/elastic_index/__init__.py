"""The search index of production: Elasticsearch 8.19 behind the ``SearchIndex`` port."""

from shared.runtime.elastic_index.aliases import Aliases
from shared.runtime.elastic_index.connection import connect
from shared.runtime.elastic_index.elastic_index import ElasticIndex

__all__ = ["Aliases", "ElasticIndex", "connect"]
