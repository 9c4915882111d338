
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='BuiltDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(max_length=8)),
                ('language', models.CharField(max_length=12)),
                ('content', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('missing', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('thing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='built_documents', to='core.thing')),
            ],
            options={
                'verbose_name': 'built document',
                'verbose_name_plural': 'built documents',
                'ordering': ['language', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('thing', 'format', 'language'), name='one_built_document_of_each_kind')],
            },
        ),
    ]
