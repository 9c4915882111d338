import django.db.models.deletion
import miteinander.core.tables
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('participation', '0001_initial'), ('participation', '0002_counts_and_ways'), ('participation', '0003_channel_of_meetings'), ('participation', '0004_cards_of_tables'), ('participation', '0005_every_voice'), ('participation', '0006_what_is_blacked_out'), ('participation', '0007_passages_in_languages'), ('participation', '0008_places_are_blacked_out')]

    initial = True

    dependencies = [
        ('community', '0001_squashed_0007_targets_and_figures'),
        ('core', '0001_squashed_0012_evidence'),
        ('process', '0001_squashed_0009_told_in_draws'),
    ]

    operations = [
        miteinander.core.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Call',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('method', models.CharField(choices=[('ideas', 'ideas'), ('cards', 'cards from a wall'), ('statements', 'statements'), ('survey', 'survey'), ('review', 'comments on a draft'), ('live', 'questions from the room')], default='ideas', max_length=12, verbose_name='method')),
                        ('audience', models.CharField(choices=[('public', 'everybody'), ('members', 'members'), ('body', 'one body'), ('code', 'whoever has the code')], default='public', max_length=8, verbose_name='audience')),
                        ('access_code', models.CharField(blank=True, max_length=14, verbose_name='code')),
                        ('is_protected', models.BooleanField(default=False, verbose_name='protected mode')),
                        ('allows', models.JSONField(blank=True, default=list, verbose_name='allows')),
                        ('question', models.CharField(max_length=300, verbose_name='question')),
                        ('text', models.TextField(blank=True, verbose_name='what it is about')),
                        ('opens_at', models.DateTimeField(verbose_name='opens')),
                        ('closes_at', models.DateTimeField(verbose_name='closes')),
                        ('answer_by', models.DateField(verbose_name='answers until')),
                        ('ways', models.JSONField(blank=True, default=list, verbose_name='other ways to answer')),
                        ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='community.body', verbose_name='body')),
                        ('phase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='process.phase')),
                        ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='process.process')),
                    ],
                    options={
                        'verbose_name': 'call',
                        'verbose_name_plural': 'calls',
                        'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='call_closes_after_it_opens', violation_error_message='A call cannot close before it opens.'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'body'), ('body__isnull', False)), models.Q(models.Q(('audience', 'body'), _negated=True), ('body', None)), _connector='OR'), name='call_names_its_body'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'code'), models.Q(('access_code', ''), _negated=True)), models.Q(models.Q(('audience', 'code'), _negated=True), ('access_code', '')), _connector='OR'), name='call_has_a_code_for_those_with_the_code')],
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='SuggestionRun',
                    fields=[
                        ('process', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='suggestion_run', serialize=False, to='process.process')),
                        ('sentences', models.JSONField(default=dict)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'run of suggestions',
                        'verbose_name_plural': 'runs of suggestions',
                    },
                ),
                migrations.CreateModel(
                    name='Survey',
                    fields=[
                        ('call', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='survey', serialize=False, to='participation.call')),
                        ('results', models.CharField(choices=[('closed', 'after it has closed'), ('open', 'already while it is open'), ('never', 'only the office sees them')], default='closed', max_length=8, verbose_name='results are shown')),
                    ],
                    options={
                        'verbose_name': 'survey',
                        'verbose_name_plural': 'surveys',
                    },
                ),
                migrations.CreateModel(
                    name='Contribution',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('supports', models.PositiveIntegerField(default=0, editable=False)),
                        ('text', models.TextField(verbose_name='contribution')),
                        ('channel', models.CharField(choices=[('online', 'online'), ('card', 'card in a meeting'), ('meeting', 'said in a meeting'), ('paper', 'on paper'), ('phone', 'by phone')], default='online', max_length=8, verbose_name='channel')),
                        ('may_publish', models.BooleanField(default=True, verbose_name='others may read it')),
                        ('state', models.CharField(choices=[('submitted', 'waiting to be read'), ('published', 'published'), ('internal', 'for the office only'), ('refused', 'not published'), ('withdrawn', 'withdrawn')], default='submitted', max_length=10)),
                        ('refusal', models.TextField(blank=True, verbose_name='reason for not publishing')),
                        ('receipt_hash', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                        ('is_counted', models.GeneratedField(db_persist=True, expression=models.Q(('state__in', ['published', 'internal'])), output_field=models.BooleanField())),
                        ('is_answered', models.BooleanField(default=False, editable=False)),
                        ('is_merged', models.BooleanField(default=False, editable=False)),
                        ('is_split', models.BooleanField(default=False, editable=False)),
                        ('is_part', models.BooleanField(default=False, editable=False)),
                        ('call', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='participation.call')),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='process.meeting')),
                        ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='process.process')),
                        ('replies_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='participation.contribution')),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='participation.theme')),
                    ],
                    options={
                        'verbose_name': 'contribution',
                        'verbose_name_plural': 'contributions',
                        'indexes': [models.Index(fields=['call', 'state', '-thing_ptr'], name='participati_call_id_51254c_idx'), models.Index(fields=['process', 'state', '-thing_ptr'], name='participati_process_79b43f_idx'), models.Index(fields=['process', '-thing_ptr'], name='participati_process_94976d_idx'), models.Index(fields=['process', 'is_counted', 'is_answered', '-thing_ptr'], name='participati_process_329f79_idx'), models.Index(fields=['theme', 'state', '-thing_ptr'], name='participati_theme_i_ce5417_idx'), models.Index(fields=['process', 'is_counted', 'theme', '-thing_ptr'], name='participati_process_0784d4_idx')],
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='CardRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(null=True, verbose_name='number of the card')),
                        ('key', models.CharField(blank=True, editable=False, max_length=32)),
                        ('wall', models.CharField(blank=True, max_length=80, verbose_name='wall or group')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='card_rows', to='participation.call')),
                        ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='card_rows', to='process.meeting')),
                        ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='card_row', to='participation.contribution')),
                    ],
                    options={
                        'verbose_name': 'card of a table',
                        'verbose_name_plural': 'cards of tables',
                        'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), ('meeting__isnull', False)), fields=('meeting', 'call', 'key'), name='one_card_per_key'), models.UniqueConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), ('meeting', None)), fields=('call', 'key'), name='one_card_per_key_without_meeting')],
                    },
                ),
                migrations.CreateModel(
                    name='BlackedOut',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(verbose_name='contribution')),
                        ('proposal', models.TextField(blank=True, verbose_name='another wording')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='where exactly')),
                        ('words', models.TextField(verbose_name='blacked out')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('was', models.CharField(choices=[('submitted', 'waiting to be read'), ('published', 'published'), ('internal', 'for the office only'), ('refused', 'not published'), ('withdrawn', 'withdrawn')], max_length=10)),
                        ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='blacked_out', to='participation.contribution')),
                    ],
                    options={
                        'verbose_name': 'contribution with parts blacked out',
                        'verbose_name_plural': 'contributions with parts blacked out',
                    },
                ),
                migrations.CreateModel(
                    name='AnswerNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('address', models.EmailField(max_length=254)),
                        ('language', models.CharField(max_length=12)),
                        ('told', models.CharField(max_length=10)),
                        ('until', models.DateField()),
                        ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice', to='participation.contribution')),
                    ],
                    options={
                        'verbose_name': 'notice of an answer',
                        'verbose_name_plural': 'notices of answers',
                    },
                ),
                migrations.CreateModel(
                    name='Answer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('language', models.CharField(default='de', max_length=12)),
                        ('wording', models.CharField(db_index=True, default='', editable=False, max_length=16)),
                        ('function', models.CharField(max_length=120)),
                        ('outcome', models.CharField(choices=[('taken_up', 'taken up'), ('merged', 'merged'), ('partly', 'partly taken up'), ('not_taken_up', 'not taken up'), ('elsewhere', "somebody else's business")], max_length=12, verbose_name='outcome')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('business_of', models.CharField(blank=True, max_length=200, verbose_name='whose business it is')),
                        ('answered_at', models.DateTimeField()),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.organisation', verbose_name='organisation')),
                        ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='participation.contribution')),
                    ],
                    options={
                        'verbose_name': 'answer',
                        'verbose_name_plural': 'answers',
                    },
                ),
                migrations.CreateModel(
                    name='Addition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('adds_to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='additions', to='participation.contribution')),
                        ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='addition', to='participation.contribution')),
                    ],
                    options={
                        'verbose_name': 'addition',
                        'verbose_name_plural': 'additions',
                    },
                ),
                migrations.CreateModel(
                    name='ContributionCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('submitted', 'waiting to be read'), ('published', 'published'), ('internal', 'for the office only'), ('refused', 'not published'), ('withdrawn', 'withdrawn')], max_length=10)),
                        ('is_answered', models.BooleanField()),
                        ('is_part', models.BooleanField()),
                        ('count', models.PositiveIntegerField(default=0)),
                        ('scope', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contribution_counts', to='core.thing')),
                    ],
                    options={
                        'verbose_name': 'count of contributions',
                        'verbose_name_plural': 'counts of contributions',
                        'constraints': [models.UniqueConstraint(fields=('scope', 'state', 'is_answered', 'is_part'), name='one_contribution_count_per_sort')],
                    },
                ),
                migrations.CreateModel(
                    name='ContributionPicture',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('alternative_text', models.CharField(blank=True, max_length=400, verbose_name='alternative text')),
                        ('language', models.CharField(default='de', max_length=12, verbose_name='language')),
                        ('digest', models.CharField(max_length=64)),
                        ('width', models.PositiveIntegerField(verbose_name='width')),
                        ('height', models.PositiveIntegerField(verbose_name='height')),
                        ('small_width', models.PositiveIntegerField()),
                        ('small_height', models.PositiveIntegerField()),
                        ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='picture', to='participation.contribution')),
                    ],
                    options={
                        'verbose_name': 'picture of a contribution',
                        'verbose_name_plural': 'pictures of contributions',
                    },
                ),
                migrations.CreateModel(
                    name='ContributionPictureSize',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('width', models.PositiveIntegerField()),
                        ('content', models.BinaryField()),
                        ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sizes', to='participation.contributionpicture')),
                    ],
                    options={
                        'verbose_name': 'size of a contribution’s picture',
                        'verbose_name_plural': 'sizes of contributions’ pictures',
                        'constraints': [models.UniqueConstraint(fields=('picture', 'width'), name='one_contribution_picture_size_per_width')],
                    },
                ),
                migrations.CreateModel(
                    name='ContributionPlace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('neighbourhood', models.CharField(blank=True, max_length=120, verbose_name='neighbourhood')),
                        ('words', models.CharField(blank=True, max_length=200, verbose_name='where exactly')),
                        ('latitude', models.FloatField(blank=True, null=True)),
                        ('longitude', models.FloatField(blank=True, null=True)),
                        ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='place', to='participation.contribution')),
                    ],
                    options={
                        'verbose_name': 'place of a contribution',
                        'verbose_name_plural': 'places of contributions',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='contribution_place_is_a_point_or_none'), models.CheckConstraint(condition=models.Q(('latitude', None), ('neighbourhood', ''), ('words', ''), _negated=True), name='contribution_place_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='KeptMap',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('drawn_at', models.DateTimeField()),
                        ('tally', models.CharField(max_length=120)),
                        ('digest', models.CharField(max_length=64)),
                        ('shown', models.JSONField(default=dict)),
                        ('parameters', models.JSONField(default=dict)),
                        ('places', models.JSONField(default=dict)),
                        ('is_final', models.BooleanField(default=False)),
                        ('call', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='kept_map', to='participation.call')),
                    ],
                    options={
                        'verbose_name': 'opinion map',
                        'verbose_name_plural': 'opinion maps',
                    },
                ),
                migrations.CreateModel(
                    name='LateContribution',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='late', to='participation.contribution')),
                    ],
                    options={
                        'verbose_name': 'late contribution',
                        'verbose_name_plural': 'late contributions',
                    },
                ),
                migrations.CreateModel(
                    name='Participant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key_hash', models.CharField(editable=False, max_length=64)),
                        ('channel', models.CharField(choices=[('online', 'online'), ('card', 'card in a meeting'), ('meeting', 'said in a meeting'), ('paper', 'on paper'), ('phone', 'by phone')], default='online', max_length=8, verbose_name='channel')),
                        ('began_on', models.DateField()),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='participation.call')),
                    ],
                    options={
                        'verbose_name': 'participant',
                        'verbose_name_plural': 'participants',
                        'constraints': [models.UniqueConstraint(fields=('call', 'key_hash'), name='one_participant_per_key')],
                    },
                ),
                migrations.CreateModel(
                    name='Passage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(verbose_name='number')),
                        ('level', models.PositiveSmallIntegerField(default=0)),
                        ('mark', models.CharField(blank=True, max_length=8)),
                        ('text', models.TextField(verbose_name='wording')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='participation.call')),
                    ],
                    options={
                        'verbose_name': 'passage of a draft',
                        'verbose_name_plural': 'passages of a draft',
                        'ordering': ('number',),
                        'constraints': [models.UniqueConstraint(fields=('call', 'number'), name='one_passage_per_number')],
                    },
                ),
                migrations.CreateModel(
                    name='PassageComment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('quote', models.TextField(blank=True, verbose_name='which words')),
                        ('proposal', models.TextField(blank=True, verbose_name='another wording')),
                        ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='passage_comment', to='participation.contribution')),
                        ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='participation.passage')),
                    ],
                    options={
                        'verbose_name': 'comment on a passage',
                        'verbose_name_plural': 'comments on passages',
                    },
                ),
                migrations.CreateModel(
                    name='PassageTranslation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('language', models.CharField(max_length=12)),
                        ('text', models.TextField(verbose_name='text')),
                        ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='participation.passage')),
                    ],
                    options={
                        'verbose_name': 'translation of a passage',
                        'verbose_name_plural': 'translations of passages',
                        'constraints': [models.UniqueConstraint(fields=('passage', 'language'), name='one_translation_per_passage')],
                    },
                ),
                migrations.CreateModel(
                    name='PromiseReminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer_by', models.DateField()),
                        ('is_late', models.BooleanField()),
                        ('told_on', models.DateField()),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='participation.call')),
                    ],
                    options={
                        'verbose_name': 'reminder of a promise',
                        'verbose_name_plural': 'reminders of promises',
                        'constraints': [models.UniqueConstraint(fields=('call', 'answer_by', 'is_late'), name='one_reminder_per_promise_and_stage')],
                    },
                ),
                migrations.CreateModel(
                    name='QuestionTime',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at_once', models.BooleanField(default=False, verbose_name='questions appear at once')),
                        ('call', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='question_time', to='participation.call')),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='question_times', to='process.meeting')),
                    ],
                    options={
                        'verbose_name': 'question time',
                        'verbose_name_plural': 'question times',
                    },
                ),
                migrations.CreateModel(
                    name='RefusalReasons',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lines', models.JSONField(default=list, verbose_name='short reasons')),
                        ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='refusal_reasons', to='core.municipality')),
                    ],
                    options={
                        'verbose_name': 'short reasons of a town',
                        'verbose_name_plural': 'short reasons of towns',
                    },
                ),
                migrations.CreateModel(
                    name='RoomQuestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('current', 'being answered now'), ('done', 'answered in the room')], max_length=8)),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='room_questions', to='participation.call')),
                        ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='room_question', to='participation.contribution')),
                    ],
                    options={
                        'verbose_name': 'question from the room',
                        'verbose_name_plural': 'questions from the room',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'current')), fields=('call',), name='one_question_is_answered_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='SortingStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('before', models.JSONField(default=dict)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sorting_step', to='core.event')),
                        ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sorting_steps', to='process.process')),
                    ],
                    options={
                        'verbose_name': 'step of sorting',
                        'verbose_name_plural': 'steps of sorting',
                        'indexes': [models.Index(fields=['process', '-id'], name='participati_process_601eb1_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Statement',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('order', models.PositiveIntegerField(verbose_name='number')),
                        ('state', models.CharField(choices=[('open', 'up for a vote'), ('withdrawn', 'taken out')], default='open', max_length=10)),
                        ('withdrawn_because', models.TextField(blank=True, verbose_name='reason for taking it out')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='participation.call')),
                        ('contribution', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statement', to='participation.contribution')),
                    ],
                    options={
                        'verbose_name': 'statement',
                        'verbose_name_plural': 'statements',
                        'constraints': [models.UniqueConstraint(fields=('call', 'order'), name='one_statement_per_number'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), ('withdrawn_because', '')), models.Q(('state', 'withdrawn'), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='statement_taken_out_with_a_reason')],
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='Support',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('came_along', models.BooleanField(default=False)),
                        ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='support_rows', to='participation.contribution', verbose_name='contribution')),
                        ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='participation.participant', verbose_name='participant')),
                    ],
                    options={
                        'verbose_name': 'support',
                        'verbose_name_plural': 'supports',
                        'constraints': [models.UniqueConstraint(fields=('contribution', 'participant'), name='one_support_per_participant')],
                    },
                ),
                migrations.CreateModel(
                    name='SurveyQuestion',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('question_kind', models.CharField(choices=[('single', 'one of several'), ('multiple', 'several of several'), ('scale', 'scale'), ('matrix', 'several lines, the same answers for each'), ('text', "in one's own words"), ('ranking', 'an order')], max_length=8, verbose_name='kind')),
                        ('help', models.TextField(blank=True, verbose_name='explanation')),
                        ('options', models.TextField(blank=True, verbose_name='possible answers')),
                        ('rows', models.TextField(blank=True, verbose_name='lines of the matrix')),
                        ('steps', models.PositiveSmallIntegerField(default=5, verbose_name='steps of the scale')),
                        ('low', models.CharField(blank=True, max_length=80, verbose_name='word at the low end')),
                        ('high', models.CharField(blank=True, max_length=80, verbose_name='word at the high end')),
                        ('longest', models.PositiveSmallIntegerField(default=1000, verbose_name='longest answer')),
                        ('is_required', models.BooleanField(default=False, verbose_name='must be answered')),
                        ('is_contribution', models.BooleanField(default=False, verbose_name='answers count as contributions')),
                        ('is_personal', models.BooleanField(default=False, verbose_name='asks about the people themselves')),
                        ('shown_values', models.JSONField(blank=True, default=list)),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='participation.call')),
                        ('shown_if', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads_to', to='participation.surveyquestion')),
                    ],
                    options={
                        'verbose_name': 'question of a survey',
                        'verbose_name_plural': 'questions of surveys',
                        'constraints': [models.CheckConstraint(condition=models.Q(('is_contribution', False), ('question_kind', 'text'), _connector='OR'), name='only_words_become_contributions')],
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='SurveyResponse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('draft', 'begun'), ('sent', 'sent in')], default='draft', max_length=8)),
                        ('draft', models.JSONField(blank=True, default=dict)),
                        ('turn', models.PositiveIntegerField(default=0)),
                        ('answered_on', models.DateField(blank=True, null=True)),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='participation.call')),
                        ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='response', to='participation.participant')),
                    ],
                    options={
                        'verbose_name': 'response to a survey',
                        'verbose_name_plural': 'responses to surveys',
                        'indexes': [models.Index(fields=['call', 'state'], name='participati_call_id_fd7619_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='SurveyAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('row', models.PositiveSmallIntegerField(default=0)),
                        ('option', models.PositiveSmallIntegerField(default=0)),
                        ('rank', models.PositiveSmallIntegerField(default=0)),
                        ('text', models.TextField(blank=True)),
                        ('turn', models.PositiveIntegerField(default=1)),
                        ('contribution', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='survey_answer', to='participation.contribution')),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='participation.surveyquestion')),
                        ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='participation.surveyresponse')),
                    ],
                    options={
                        'verbose_name': 'answer in a survey',
                        'verbose_name_plural': 'answers in surveys',
                        'indexes': [models.Index(fields=['question', 'row', 'option'], name='participati_questio_8ff7f1_idx')],
                        'constraints': [models.UniqueConstraint(fields=('response', 'question', 'row', 'option'), name='one_answer_per_cell')],
                    },
                ),
                migrations.CreateModel(
                    name='TextBlock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=120, verbose_name='name')),
                        ('text', models.TextField(verbose_name='text')),
                        ('outcome', models.CharField(blank=True, choices=[('taken_up', 'taken up'), ('merged', 'merged'), ('partly', 'partly taken up'), ('not_taken_up', 'not taken up'), ('elsewhere', "somebody else's business")], max_length=12, verbose_name='outcome')),
                        ('language', models.CharField(default='de', max_length=12, verbose_name='language')),
                        ('retired_on', models.DateField(blank=True, null=True, verbose_name='given up on')),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='text_blocks', to='core.municipality')),
                    ],
                    options={
                        'verbose_name': 'text block',
                        'verbose_name_plural': 'text blocks',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('retired_on', None)), fields=('municipality', 'language', 'title'), name='one_text_block_of_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Theme',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('text', models.TextField(blank=True, verbose_name='description')),
                        ('candidate_field', models.CharField(blank=True, max_length=120, verbose_name='candidate field')),
                        ('gathered', models.PositiveIntegerField(default=0, editable=False)),
                        ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='process.process')),
                    ],
                    options={
                        'verbose_name': 'theme',
                        'verbose_name_plural': 'themes',
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='ThemeGroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('telling', models.JSONField(default=list)),
                        ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='theme_groups', to='process.process')),
                    ],
                    options={
                        'verbose_name': 'group without a name',
                        'verbose_name_plural': 'groups without a name',
                        'ordering': ['number'],
                    },
                ),
                migrations.CreateModel(
                    name='ThemeSuggestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('probability', models.FloatField(blank=True, null=True)),
                        ('is_unsure', models.BooleanField()),
                        ('is_rejected', models.BooleanField(default=False)),
                        ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='theme_suggestions', to='participation.contribution')),
                        ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='participation.themegroup')),
                        ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='theme_suggestions', to='process.process')),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='participation.theme')),
                    ],
                    options={
                        'verbose_name': 'suggested theme',
                        'verbose_name_plural': 'suggested themes',
                        'indexes': [models.Index(fields=['process', 'is_rejected', 'is_unsure', 'theme', '-contribution'], name='participati_process_64fba9_idx')],
                        'constraints': [models.UniqueConstraint(fields=('contribution', 'theme'), name='one_suggestion_per_contribution_and_theme')],
                    },
                ),
                migrations.CreateModel(
                    name='Vote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('value', models.SmallIntegerField(choices=[(1, 'I agree'), (-1, 'I disagree'), (0, 'Pass')], verbose_name='vote')),
                        ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='participation.participant')),
                        ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='participation.statement')),
                    ],
                    options={
                        'verbose_name': 'vote',
                        'verbose_name_plural': 'votes',
                        'constraints': [models.UniqueConstraint(fields=('participant', 'statement'), name='one_vote_per_statement'), models.CheckConstraint(condition=models.Q(('value__in', [1, -1, 0])), name='vote_is_a_stance')],
                    },
                ),
                migrations.CreateModel(
                    name='AnswerDays',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('days', models.PositiveIntegerField()),
                        ('count', models.PositiveIntegerField(default=0)),
                        ('scope', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answer_days', to='core.thing')),
                    ],
                    options={
                        'verbose_name': 'duration of answers',
                        'verbose_name_plural': 'durations of answers',
                        'constraints': [models.UniqueConstraint(fields=('scope', 'days'), name='one_count_per_answer_duration')],
                    },
                ),
                migrations.CreateModel(
                    name='AnswerSupplement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('language', models.CharField(default='de', max_length=12)),
                        ('wording', models.CharField(db_index=True, default='', editable=False, max_length=16)),
                        ('function', models.CharField(max_length=120)),
                        ('text', models.TextField(verbose_name='supplement')),
                        ('added_at', models.DateTimeField()),
                        ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supplements', to='participation.answer')),
                    ],
                    options={
                        'verbose_name': 'supplement to an answer',
                        'verbose_name_plural': 'supplements to answers',
                        'ordering': ('added_at', 'pk'),
                        'constraints': [models.UniqueConstraint(fields=('answer', 'wording'), name='one_supplement_of_a_wording_per_answer')],
                    },
                ),
                migrations.CreateModel(
                    name='AnswerTranslation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('wording', models.CharField(max_length=16)),
                        ('language', models.CharField(max_length=12)),
                        ('text', models.TextField(verbose_name='text')),
                        ('state', models.CharField(choices=[('machine', 'machine translation'), ('checked', 'checked'), ('approved', 'approved'), ('outdated', 'outdated')], max_length=12)),
                        ('function', models.CharField(blank=True, max_length=120)),
                        ('at', models.DateTimeField()),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answer_translations', to='core.municipality')),
                    ],
                    options={
                        'verbose_name': 'translation of an answer',
                        'verbose_name_plural': 'translations of answers',
                        'constraints': [models.UniqueConstraint(fields=('municipality', 'wording', 'language'), name='one_translation_per_wording_of_answers')],
                    },
                ),
            ],
        ),
    ]
