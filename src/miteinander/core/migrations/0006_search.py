"""The index of the search, with what each database needs to look tokens up.

Rows are written by `miteinander.core.search.keep`: by every action from now on, and for what was
there before by the start and by `miteinander migrate`, once all stages have their columns.
"""

import django.db.models.deletion
from django.db import migrations, models

from miteinander.core.search import matching


def install(apps, schema_editor):
    matching.install(schema_editor.connection)


def uninstall(apps, schema_editor):
    matching.uninstall(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_attachments'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('thing', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='found_by', serialize=False, to='core.thing')),
                ('texts', models.JSONField(default=list)),
                ('tokens', models.TextField()),
            ],
            options={
                'verbose_name': 'search entry',
                'verbose_name_plural': 'search entries',
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=64, unique=True)),
                ('spelling', models.CharField(max_length=64)),
                ('tokens', models.TextField()),
            ],
            options={
                'verbose_name': 'search word',
                'verbose_name_plural': 'search words',
            },
        ),
        migrations.AddIndex(
            model_name='thing',
            index=models.Index(condition=models.Q(('number', ''), _negated=True), fields=['municipality', 'number'], name='thing_by_number'),
        ),
        migrations.RunPython(install, uninstall),
    ]
