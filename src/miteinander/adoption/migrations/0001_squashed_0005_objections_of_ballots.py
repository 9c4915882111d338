import django.db.models.deletion
import miteinander.core.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('adoption', '0001_initial'), ('adoption', '0002_ballots'), ('adoption', '0003_ballots_on_paper'), ('adoption', '0004_ballots_in_sessions'), ('adoption', '0005_objections_of_ballots')]

    initial = True

    dependencies = [
        ('community', '0001_squashed_0007_targets_and_figures'),
        ('core', '0001_squashed_0012_evidence'),
        ('core', '0001_squashed_0012_evidence'),
        ('process', '0001_squashed_0009_told_in_draws'),
        ('strategy', '0001_squashed_0011_proposals_told'),
    ]

    operations = [
        miteinander.core.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Ballot',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('method', models.CharField(choices=[('consent', 'Consent round'), ('consensing', 'Systemic consensing'), ('dots', 'Dot voting'), ('criteria', 'Several criteria'), ('balanced', 'Balanced choice under money or staff')], max_length=12, verbose_name='method')),
                        ('state', models.CharField(choices=[('draft', 'being prepared'), ('open', 'open for voting'), ('closed', 'counted')], default='draft', max_length=8)),
                        ('text', models.TextField(blank=True, verbose_name='what it is about')),
                        ('is_secret', models.BooleanField(default=False, verbose_name='secret')),
                        ('has_paper', models.BooleanField(default=False, verbose_name='also on paper')),
                        ('publishes', models.BooleanField(default=True, verbose_name='the result is public')),
                        ('quorum', models.PositiveSmallIntegerField(default=50, verbose_name='quorum in percent of the seats')),
                        ('tie_rule', models.CharField(choices=[('body', 'Nothing: the body decides in its next meeting'), ('order', 'What stands first on the paper'), ('cheaper', 'What costs less, then what stands first on the paper')], max_length=8, verbose_name='rule for equals')),
                        ('closes_at', models.DateTimeField(verbose_name='ends')),
                        ('rules', models.JSONField(blank=True, default=dict)),
                        ('paper_codes', models.JSONField(blank=True, default=dict, editable=False)),
                        ('papers_counted', models.BooleanField(default=False, editable=False)),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('content', models.TextField(blank=True, editable=False)),
                        ('checksum', models.CharField(blank=True, editable=False, max_length=64)),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='community.body')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ballots', to='process.agendaitem')),
                        ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='process.process')),
                        ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='process.resolution')),
                    ],
                    options={
                        'verbose_name': 'ballot',
                        'verbose_name_plural': 'ballots',
                        'constraints': [models.CheckConstraint(condition=models.Q(('quorum__lte', 100)), name='quorum_is_a_share')],
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='BallotOption',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('title', models.CharField(max_length=300)),
                        ('cost', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('posts', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                        ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='adoption.ballot')),
                        ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ballot_options', to='strategy.measure')),
                    ],
                    options={
                        'verbose_name': 'option',
                        'verbose_name_plural': 'options',
                        'ordering': ['position'],
                        'constraints': [models.UniqueConstraint(fields=('ballot', 'position'), name='one_option_per_position'), models.UniqueConstraint(fields=('ballot', 'title'), name='one_option_per_title')],
                    },
                ),
                migrations.CreateModel(
                    name='ConceptVersion',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('edition', models.PositiveSmallIntegerField(verbose_name='number of the version')),
                        ('content', models.TextField(editable=False)),
                        ('checksum', models.CharField(editable=False, max_length=64)),
                        ('frozen_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('frozen', 'frozen'), ('adopted', 'adopted')], default='frozen', max_length=8)),
                        ('concept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='strategy.concept')),
                        ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='process.resolution')),
                    ],
                    options={
                        'verbose_name': 'version of the concept',
                        'verbose_name_plural': 'versions of the concept',
                        'constraints': [models.UniqueConstraint(fields=('concept', 'edition'), name='one_edition_number')],
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='Elector',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('function', models.CharField(max_length=160)),
                        ('institution', models.CharField(blank=True, max_length=300)),
                        ('perspective', models.CharField(blank=True, max_length=300)),
                        ('has_voted', models.BooleanField(default=False)),
                        ('on_paper', models.BooleanField(default=False)),
                        ('as_deputy', models.BooleanField(default=False)),
                        ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='electors', to='adoption.ballot')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ballots', to='community.person')),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='community.seat')),
                    ],
                    options={
                        'verbose_name': 'right to vote',
                        'verbose_name_plural': 'rights to vote',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('ballot', 'seat'), name='one_elector_per_seat'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('ballot', 'person'), name='one_voice_per_person')],
                    },
                ),
                migrations.CreateModel(
                    name='CastPaper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=12)),
                        ('perspective', models.CharField(blank=True, max_length=300)),
                        ('marks', models.JSONField(default=dict)),
                        ('reasons', models.JSONField(blank=True, default=dict)),
                        ('travels', models.BooleanField(default=False)),
                        ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='adoption.ballot')),
                        ('elector', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='paper', to='adoption.elector')),
                    ],
                    options={
                        'verbose_name': 'voting paper',
                        'verbose_name_plural': 'voting papers',
                        'constraints': [models.UniqueConstraint(fields=('ballot', 'code'), name='one_paper_per_code')],
                    },
                ),
                migrations.CreateModel(
                    name='Objection',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('response', models.TextField(blank=True, verbose_name='response')),
                        ('state', models.CharField(choices=[('open', 'open'), ('answered', 'answered'), ('withdrawn', 'withdrawn'), ('carried', 'carried along as a minority opinion')], default='open', max_length=10)),
                        ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='strategy.measure')),
                        ('option', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='adoption.ballotoption')),
                        ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='community.seat')),
                    ],
                    options={
                        'verbose_name': 'objection',
                        'verbose_name_plural': 'objections',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('measure__isnull', False), ('option__isnull', True)), models.Q(('measure__isnull', True), ('option__isnull', False)), _connector='OR'), name='objection_to_a_measure_or_an_option')],
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='PaperCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=12)),
                        ('marks', models.JSONField(default=dict)),
                        ('reasons', models.JSONField(blank=True, default=dict)),
                        ('travels', models.BooleanField(default=False)),
                        ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='adoption.ballot')),
                        ('counter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'count of a paper',
                        'verbose_name_plural': 'counts of papers',
                        'constraints': [models.UniqueConstraint(fields=('ballot', 'code', 'counter'), name='one_count_per_paper_and_counter')],
                    },
                ),
                migrations.CreateModel(
                    name='Voice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('choice', models.CharField(choices=[('agree', 'agree'), ('object', 'object')], max_length=8, verbose_name='voice')),
                        ('as_deputy', models.BooleanField(default=False)),
                        ('cast_at', models.DateTimeField()),
                        ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='strategy.measure')),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='community.seat')),
                    ],
                    options={
                        'verbose_name': 'voice',
                        'verbose_name_plural': 'voices',
                        'constraints': [models.UniqueConstraint(fields=('measure', 'seat'), name='one_voice_per_seat')],
                    },
                ),
            ],
        ),
    ]
