import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_squashed_0012_evidence'),
        ('strategy', '0001_squashed_0011_proposals_told'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatusReport',
            fields=[
                ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                ('light', models.CharField(choices=[('not_started', 'not started yet'), ('on_time', 'on time'), ('at_risk', 'at risk'), ('stuck', 'stuck'), ('done', 'done')], max_length=12, verbose_name='status')),
                ('text', models.TextField(blank=True, verbose_name='what has happened')),
                ('next_step', models.CharField(blank=True, max_length=300, verbose_name='next step')),
                ('function', models.CharField(max_length=160)),
                ('reported_at', models.DateTimeField()),
                ('is_latest', models.BooleanField(default=True)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='strategy.measure')),
            ],
            options={
                'verbose_name': 'status report',
                'verbose_name_plural': 'status reports',
                'indexes': [models.Index(fields=['measure', '-reported_at'], name='monitoring__measure_6dadb5_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_latest', True)), fields=('measure',), name='one_latest_report_per_measure')],
            },
            bases=('core.thing',),
        ),
    ]
