"""The ground of everything; events that refuse UPDATE and DELETE; what the search looks tokens up with.

Rows of the search are written by `miteinander.core.search.keep`: by every action, and for what was
there before by the start and by `miteinander migrate`, once all stages have their columns.
"""

import django.core.validators
import django.db.models.deletion
import miteinander.core.tables
import miteinander.core.identifiers
import miteinander.core.standing
from django.conf import settings
from django.db import migrations, models

from miteinander.core.events import triggers
from miteinander.core.search import matching


def install(apps, schema_editor):
    triggers.install_triggers(schema_editor.connection)
    matching.install(schema_editor.connection)


def uninstall(apps, schema_editor):
    matching.uninstall(schema_editor.connection)
    triggers.drop_triggers(schema_editor.connection)


class Migration(migrations.Migration):

    replaces = [('core', '0001_initial'), ('core', '0002_events_are_append_only'), ('core', '0003_schedules_remember_their_run'), ('core', '0004_origins_of_bundles_are_indexed'), ('core', '0005_attachments'), ('core', '0006_search'), ('core', '0007_built_documents'), ('core', '0008_mail_texts'), ('core', '0009_guests_are_forgotten'), ('core', '0010_mails_carry_a_date'), ('core', '0011_forms_are_sent_once'), ('core', '0012_evidence')]

    initial = True

    dependencies = [
    ]

    operations = [
        miteinander.core.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                        ('language', models.CharField(default='de', max_length=12, verbose_name='language')),
                        ('is_active', models.BooleanField(default=True, verbose_name='active')),
                        ('joined', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'verbose_name': 'account',
                        'verbose_name_plural': 'accounts',
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('identifier', models.CharField(default=miteinander.core.identifiers.new_identifier, editable=False, max_length=12, unique=True)),
                        ('name', models.CharField(max_length=160, verbose_name='file name')),
                        ('media_type', models.CharField(max_length=80, verbose_name='media type')),
                        ('digest', models.CharField(max_length=64)),
                        ('size', models.PositiveIntegerField(verbose_name='size')),
                        ('width', models.PositiveIntegerField(blank=True, null=True, verbose_name='width')),
                        ('height', models.PositiveIntegerField(blank=True, null=True, verbose_name='height')),
                        ('alternative_text', models.CharField(blank=True, max_length=400, verbose_name='alternative text')),
                        ('language', models.CharField(default='de', max_length=12, verbose_name='language')),
                        ('is_decorative', models.BooleanField(default=False, verbose_name='only decoration')),
                        ('is_example', models.BooleanField(default=False, verbose_name='example')),
                        ('created_at', models.DateTimeField()),
                        ('content', models.BinaryField()),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='core.municipality')),
                        ('thing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='core.thing')),
                    ],
                    options={
                        'verbose_name': 'attachment',
                        'verbose_name_plural': 'attachments',
                        'constraints': [models.CheckConstraint(condition=models.Q(('width', None), models.Q(('alternative_text', ''), ('is_decorative', True)), models.Q(('is_decorative', False), models.Q(('alternative_text', ''), _negated=True)), _connector='OR'), name='picture_is_described_or_decorative', violation_error_message='A picture needs an alternative text.')],
                        'indexes': [models.Index(fields=['municipality', '-created_at'], name='core_attach_municip_cb845f_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=48)),
                        ('at', models.DateTimeField()),
                        ('function', models.CharField(blank=True, max_length=120)),
                        ('is_public', models.BooleanField(default=False)),
                        ('data', models.JSONField(default=dict)),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='core.municipality')),
                        ('thing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='core.thing')),
                    ],
                    options={
                        'verbose_name': 'event',
                        'verbose_name_plural': 'events',
                        'indexes': [models.Index(fields=['kind', 'at'], name='core_event_kind_871a6e_idx'), models.Index(fields=['thing', 'at'], name='core_event_thing_i_2f5f48_idx'), models.Index(fields=['municipality', '-at'], name='core_event_municip_a040c2_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Thing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('identifier', models.CharField(default=miteinander.core.identifiers.new_identifier, editable=False, max_length=12, unique=True)),
                        ('kind', models.CharField(editable=False, max_length=24)),
                        ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                        ('language', models.CharField(default='de', max_length=12, verbose_name='language')),
                        ('number', models.CharField(blank=True, max_length=16, verbose_name='display number')),
                        ('is_public', models.BooleanField(default=False)),
                        ('is_example', models.BooleanField(default=False, verbose_name='example')),
                        ('former_titles', models.JSONField(blank=True, default=list, editable=False)),
                        ('retired_on', models.DateField(blank=True, null=True, verbose_name='retired on')),
                        ('happened_on', models.DateField(blank=True, null=True)),
                        ('precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                        ('revision', models.PositiveIntegerField(default=0, editable=False)),
                        ('created', models.DateTimeField(auto_now_add=True)),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='things', to='core.municipality')),
                    ],
                    options={
                        'verbose_name': 'thing',
                        'verbose_name_plural': 'things',
                        'indexes': [models.Index(fields=['municipality', 'kind', 'is_public'], name='core_thing_municip_f487f9_idx'), models.Index(condition=models.Q(('number', ''), _negated=True), fields=['municipality', 'number'], name='thing_by_number')],
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
                migrations.CreateModel(
                    name='SpentForm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('content', models.CharField(max_length=64)),
                        ('day', models.DateField()),
                    ],
                    options={
                        'verbose_name': 'sent form',
                        'verbose_name_plural': 'sent forms',
                    },
                ),
                migrations.CreateModel(
                    name='SpentLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'spent link',
                        'verbose_name_plural': 'spent links',
                    },
                ),
                migrations.CreateModel(
                    name='EventDetail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('data', models.JSONField(default=dict)),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='detail', to='core.event')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'event detail',
                        'verbose_name_plural': 'event details',
                    },
                ),
                migrations.CreateModel(
                    name='Municipality',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('host', models.CharField(blank=True, help_text='Empty where the installation serves a single municipality.', max_length=253, null=True, unique=True, verbose_name='host name')),
                        ('official_key', models.CharField(blank=True, max_length=12, verbose_name='official municipality key')),
                        ('state', models.CharField(blank=True, max_length=2, verbose_name='federal state')),
                        ('languages', models.JSONField(default=list, verbose_name='languages')),
                        ('accent', models.CharField(default='#0f4c55', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$')], verbose_name='accent colour')),
                        ('facts', models.JSONField(blank=True, default=dict, verbose_name='facts')),
                        ('guest_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='months after which guests are forgotten')),
                        ('is_example', models.BooleanField(default=False, verbose_name='example installation')),
                        ('public_version', models.PositiveBigIntegerField(default=1, editable=False)),
                        ('crest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.attachment', verbose_name='crest')),
                    ],
                    options={
                        'verbose_name': 'municipality',
                        'verbose_name_plural': 'municipalities',
                    },
                ),
                migrations.CreateModel(
                    name='Rush',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scope', models.CharField(max_length=40)),
                        ('minute', models.PositiveBigIntegerField()),
                        ('sent', models.PositiveIntegerField(default=0)),
                        ('slowly', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name': 'rush',
                        'verbose_name_plural': 'rushes',
                        'constraints': [models.UniqueConstraint(fields=('scope', 'minute'), name='one_rush_per_minute')],
                    },
                ),
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
                    name='Link',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('relation', models.CharField(choices=[('gathered_in', 'gathered in'), ('grew_into', 'grew into'), ('evidence_of', 'evidence of the need of'), ('merged_into', 'merged into'), ('split_into', 'split into'), ('moved_to', 'moved to'), ('became', 'became'), ('collected_by', 'collected by'), ('discussed_at', 'discussed at'), ('objected_by', 'objected to by'), ('frozen_in', 'frozen in'), ('decided_by', 'decided by'), ('reported_in', 'reported in'), ('continued_as', 'continued as')], max_length=16)),
                        ('source_kind', models.CharField(max_length=24)),
                        ('target_kind', models.CharField(max_length=24)),
                        ('happened_on', models.DateField()),
                        ('note', models.TextField(blank=True)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                        ('context', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.thing')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='core.thing')),
                        ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='core.thing')),
                    ],
                    options={
                        'verbose_name': 'link',
                        'verbose_name_plural': 'links',
                        'indexes': [models.Index(condition=models.Q(('undone_at', None)), fields=['target', 'relation', 'source_kind', '-happened_on'], name='link_upstream'), models.Index(condition=models.Q(('context__isnull', False), ('undone_at', None)), fields=['target', 'relation', 'source_kind', 'happened_on'], name='link_origin'), models.Index(condition=models.Q(('undone_at', None)), fields=['source', 'relation', 'target_kind', '-happened_on'], name='link_downstream')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('source', 'target', 'relation'), name='one_live_link_per_pair_and_relation'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='no_link_to_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80)),
                        ('schedule', models.CharField(max_length=80, null=True, unique=True)),
                        ('arguments', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=8)),
                        ('progress', models.PositiveSmallIntegerField(default=0)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('error', models.TextField(blank=True)),
                        ('queued_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='jobs', to=settings.AUTH_USER_MODEL)),
                        ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to='core.municipality')),
                        ('thing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to='core.thing')),
                    ],
                    options={
                        'verbose_name': 'job',
                        'verbose_name_plural': 'jobs',
                        'indexes': [models.Index(fields=['owner', '-queued_at'], name='core_job_owner_i_eaabac_idx')],
                    },
                ),
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
                migrations.CreateModel(
                    name='Tally',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('incoming', models.BooleanField()),
                        ('relation', models.CharField(choices=[('gathered_in', 'gathered in'), ('grew_into', 'grew into'), ('evidence_of', 'evidence of the need of'), ('merged_into', 'merged into'), ('split_into', 'split into'), ('moved_to', 'moved to'), ('became', 'became'), ('collected_by', 'collected by'), ('discussed_at', 'discussed at'), ('objected_by', 'objected to by'), ('frozen_in', 'frozen in'), ('decided_by', 'decided by'), ('reported_in', 'reported in'), ('continued_as', 'continued as')], max_length=16)),
                        ('kind', models.CharField(max_length=24)),
                        ('count', models.PositiveIntegerField(default=0)),
                        ('thing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='core.thing')),
                    ],
                    options={
                        'verbose_name': 'tally',
                        'verbose_name_plural': 'tallies',
                        'constraints': [models.UniqueConstraint(fields=('thing', 'incoming', 'relation', 'kind'), name='one_tally_per_sort')],
                    },
                ),
                migrations.CreateModel(
                    name='Translation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('field', models.CharField(max_length=32)),
                        ('language', models.CharField(max_length=12)),
                        ('text', models.TextField()),
                        ('state', models.CharField(choices=[('machine', 'machine translation'), ('checked', 'checked'), ('approved', 'approved'), ('outdated', 'outdated')], max_length=12)),
                        ('source_hash', models.CharField(max_length=16)),
                        ('function', models.CharField(blank=True, max_length=120)),
                        ('at', models.DateTimeField()),
                        ('thing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='core.thing')),
                    ],
                    options={
                        'verbose_name': 'translation',
                        'verbose_name_plural': 'translations',
                        'constraints': [models.UniqueConstraint(fields=('thing', 'field', 'language'), name='one_translation_per_field')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[(miteinander.core.standing.Role['COORDINATOR'], 'coordination'), (miteinander.core.standing.Role['MEMBER'], 'member')], max_length=12)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='core.municipality')),
                    ],
                    options={
                        'verbose_name': 'membership',
                        'verbose_name_plural': 'memberships',
                        'constraints': [models.UniqueConstraint(fields=('user', 'municipality'), name='one_membership_per_municipality')],
                    },
                ),
                migrations.CreateModel(
                    name='MailText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mail', models.CharField(max_length=40, verbose_name='mail')),
                        ('language', models.CharField(max_length=12, verbose_name='language')),
                        ('subject', models.CharField(max_length=300, verbose_name='subject')),
                        ('body', models.TextField(verbose_name='text')),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_texts', to='core.municipality')),
                    ],
                    options={
                        'verbose_name': 'mail text',
                        'verbose_name_plural': 'mail texts',
                        'constraints': [models.UniqueConstraint(fields=('municipality', 'mail', 'language'), name='one_text_per_mail_and_language')],
                    },
                ),
                migrations.CreateModel(
                    name='Mail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('to', models.EmailField(max_length=254)),
                        ('language', models.CharField(default='de', max_length=12)),
                        ('subject', models.CharField(max_length=300)),
                        ('body', models.TextField()),
                        ('calendar', models.TextField(blank=True)),
                        ('state', models.CharField(choices=[('waiting', 'waiting'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'failed')], default='waiting', max_length=8)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('not_before', models.DateTimeField()),
                        ('queued_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('error', models.CharField(blank=True, max_length=300)),
                        ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='core.municipality')),
                    ],
                    options={
                        'verbose_name': 'mail',
                        'verbose_name_plural': 'mails',
                        'indexes': [models.Index(fields=['state', 'not_before'], name='core_mail_state_50cc60_idx'), models.Index(fields=['municipality', '-queued_at'], name='core_mail_municip_600025_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Rendition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('width', models.PositiveIntegerField()),
                        ('height', models.PositiveIntegerField()),
                        ('size', models.PositiveIntegerField()),
                        ('content', models.BinaryField()),
                        ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='core.attachment')),
                    ],
                    options={
                        'verbose_name': 'picture size',
                        'verbose_name_plural': 'picture sizes',
                        'ordering': ['width'],
                        'constraints': [models.UniqueConstraint(fields=('attachment', 'width'), name='one_rendition_per_width')],
                    },
                ),
            ],
        ),
        migrations.RunPython(install, uninstall),
    ]
