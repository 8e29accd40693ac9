"""Facts and checkpoints can only be added."""

from django.db import migrations

from shuangbi.ledger import triggers


def put_up(apps, schema_editor):
    triggers.put_up(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(put_up)]
