import django.db.models.deletion
import miteinander.core.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('community', '0001_initial'), ('community', '0002_news_pages_and_hours'), ('community', '0003_register'), ('community', '0004_days_for_corrections'), ('community', '0005_lists'), ('community', '0006_told_in_draws'), ('community', '0007_targets_and_figures')]

    initial = True

    dependencies = [
        ('core', '0001_squashed_0012_evidence'),
        ('core', '0001_squashed_0012_evidence'),
    ]

    operations = [
        miteinander.core.tables.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Body',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('body_kind', models.CharField(choices=[('steering_group', 'steering group'), ('expert_round', 'expert round'), ('working_group', 'working group'), ('editorial_group', 'editorial group'), ('review_board', 'review board'), ('advisory_board', 'integration advisory board'), ('committee', 'committee'), ('council', 'council')], max_length=24, verbose_name='kind')),
                        ('text', models.TextField(blank=True, verbose_name='description')),
                        ('correction_days', models.PositiveSmallIntegerField(default=14, verbose_name='days for corrections to minutes')),
                    ],
                    options={
                        'verbose_name': 'body',
                        'verbose_name_plural': 'bodies',
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('organisation_kind', models.CharField(choices=[('administration', 'administration'), ('school', 'school and education'), ('welfare', 'welfare association'), ('association', 'association'), ('migrant_organisation', "migrants' organisation"), ('faith', 'faith community'), ('business', 'business and labour market'), ('health', 'health and care'), ('culture', 'culture and sport'), ('politics', 'politics')], default='association', max_length=24, verbose_name='kind')),
                        ('text', models.TextField(blank=True, verbose_name='description')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                        ('neighbourhood', models.CharField(blank=True, max_length=120, verbose_name='neighbourhood')),
                        ('target_groups', models.CharField(blank=True, max_length=300, verbose_name='target groups')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                        ('website', models.URLField(blank=True, verbose_name='website')),
                        ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                        ('shows_contact', models.BooleanField(default=False, verbose_name='contact is public')),
                        ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contact_of', to='community.person', verbose_name='person to write to')),
                        ('perspectives', models.ManyToManyField(blank=True, related_name='organisations', to='community.perspective', verbose_name='perspectives')),
                    ],
                    options={
                        'verbose_name': 'organisation',
                        'verbose_name_plural': 'organisations',
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='Page',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('text', models.TextField(blank=True, verbose_name='text')),
                        ('place', models.CharField(blank=True, choices=[('', 'nowhere, only by its address'), ('more', 'at the foot of every page, under “More from us”'), ('footer', 'at the very end of every page, beside the imprint')], max_length=8, verbose_name='place')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                        ('legal', models.CharField(blank=True, choices=[('imprint', 'Imprint'), ('privacy', 'Data protection'), ('accessibility', 'Accessibility statement'), ('barrier', 'Report a barrier'), ('counting', 'How we count')], max_length=16, verbose_name='legal page')),
                    ],
                    options={
                        'verbose_name': 'page',
                        'verbose_name_plural': 'pages',
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='Perspective',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('text', models.TextField(blank=True, verbose_name='description')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ],
                    options={
                        'verbose_name': 'perspective',
                        'verbose_name_plural': 'perspectives',
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='Figures',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('perspective', 'perspective'), ('language', 'language'), ('neighbourhood', 'neighbourhood'), ('gender', 'gender'), ('age_group', 'age group')], max_length=16, verbose_name='characteristic')),
                        ('counted_on', models.DateField(verbose_name='as of')),
                        ('counts', models.JSONField(default=dict)),
                        ('few', models.JSONField(default=list)),
                        ('known', models.PositiveIntegerField()),
                        ('unknown', models.PositiveIntegerField(blank=True, null=True)),
                        ('people_count', models.PositiveIntegerField()),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='core.municipality')),
                        ('scope', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='core.thing')),
                    ],
                    options={
                        'verbose_name': 'figures',
                        'verbose_name_plural': 'figures',
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['municipality', 'kind', 'scope'], name='community_f_municip_1e8e7a_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='News',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('scheduled', 'appears later'), ('published', 'published'), ('retired', 'no longer current')], default='draft', max_length=10, verbose_name='state')),
                        ('teaser', models.CharField(blank=True, max_length=300, verbose_name='teaser')),
                        ('text', models.TextField(blank=True, verbose_name='text')),
                        ('appears_at', models.DateTimeField(blank=True, null=True, verbose_name='appears')),
                        ('about', models.ManyToManyField(blank=True, related_name='news_about', to='core.thing', verbose_name='what it is about')),
                        ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='news', to='core.attachment')),
                    ],
                    options={
                        'verbose_name': 'news item',
                        'verbose_name_plural': 'news',
                        'indexes': [models.Index(fields=['state', 'appears_at'], name='community_n_state_3276a4_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state', 'draft'), ('appears_at__isnull', False), _connector='OR'), name='news_that_appears_has_a_moment', violation_error_message='News needs the moment at which it appears.')],
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='Office',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('street', models.CharField(blank=True, max_length=120, verbose_name='street')),
                        ('postcode', models.CharField(blank=True, max_length=10, verbose_name='postcode')),
                        ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                        ('authority_phone', models.CharField(blank=True, max_length=10, verbose_name='authority number')),
                        ('authority_phone_hours', models.CharField(blank=True, max_length=120)),
                        ('opening_hours', models.JSONField(blank=True, default=list, verbose_name='opening hours')),
                        ('appointments_note', models.CharField(blank=True, max_length=200, verbose_name='note on appointments')),
                        ('keeps_holidays', models.BooleanField(default=True, verbose_name='closed on public holidays')),
                        ('local_holidays', models.JSONField(blank=True, default=list, verbose_name='local holidays')),
                        ('closures', models.JSONField(blank=True, default=list, verbose_name='days with other hours')),
                        ('way', models.TextField(blank=True, verbose_name='how to get there')),
                        ('contact_form_url', models.URLField(blank=True, verbose_name='secure contact form')),
                        ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='office', to='community.organisation')),
                    ],
                    options={
                        'verbose_name': 'office',
                        'verbose_name_plural': 'offices',
                    },
                ),
                migrations.CreateModel(
                    name='Offer',
                    fields=[
                        ('thing_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='+', serialize=False, to='core.thing')),
                        ('text', models.TextField(blank=True, verbose_name='description')),
                        ('target_groups', models.CharField(blank=True, max_length=300, verbose_name='target groups')),
                        ('languages', models.CharField(blank=True, max_length=120, verbose_name='languages')),
                        ('neighbourhood', models.CharField(blank=True, max_length=120, verbose_name='neighbourhood')),
                        ('funding', models.CharField(blank=True, max_length=200, verbose_name='funding')),
                        ('ends', models.DateField(blank=True, null=True, verbose_name='until when')),
                        ('source', models.CharField(blank=True, editable=False, max_length=200)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='community.organisation')),
                    ],
                    options={
                        'verbose_name': 'offer',
                        'verbose_name_plural': 'offers',
                        'indexes': [models.Index(fields=['organisation', 'ends'], name='community_o_organis_405a1a_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('organisation', 'source'), name='one_offer_per_source_and_organisation')],
                    },
                    bases=('core.thing',),
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                        ('function', models.CharField(max_length=120, verbose_name='function')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                        ('language', models.CharField(default='de', max_length=12, verbose_name='language')),
                        ('further_languages', models.CharField(blank=True, max_length=120, verbose_name='further languages')),
                        ('acts_for', models.ManyToManyField(blank=True, related_name='actors', to='community.organisation', verbose_name='acts also for')),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='core.municipality')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='community.organisation')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'person',
                        'verbose_name_plural': 'people',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('municipality', 'user'), name='one_person_per_account_and_municipality')],
                    },
                ),
                migrations.CreateModel(
                    name='CountedPerson',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('word', models.CharField(blank=True, max_length=120)),
                        ('figures', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='community.figures')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counted_in', to='community.person')),
                    ],
                    options={
                        'verbose_name': 'counted person',
                        'verbose_name_plural': 'counted people',
                        'constraints': [models.UniqueConstraint(fields=('figures', 'person'), name='counted_once_per_figures')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('given_on', models.DateField(verbose_name='given on')),
                        ('way', models.CharField(choices=[('form', 'signed form'), ('mail', 'by e-mail'), ('spoken', 'spoken, noted by the coordination'), ('online', 'here, signed in')], max_length=8, verbose_name='how')),
                        ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn on')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='community.person')),
                    ],
                    options={
                        'verbose_name': 'consent',
                        'verbose_name_plural': 'consents',
                        'ordering': ['-given_on', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('person',), name='one_live_consent'), models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('withdrawn_on__gte', models.F('given_on')), _connector='OR'), name='consent_is_withdrawn_after_it_was_given', violation_error_message='A consent cannot be withdrawn before it was given.')],
                    },
                ),
                migrations.CreateModel(
                    name='Seat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('function', models.CharField(max_length=160, verbose_name='function')),
                        ('has_voice', models.BooleanField(default=True, verbose_name='has a voice')),
                        ('has_vote', models.BooleanField(default=True, verbose_name='has a vote')),
                        ('leads', models.BooleanField(default=False, verbose_name='leads the body')),
                        ('absent_from', models.DateField(blank=True, null=True, verbose_name='holder absent from')),
                        ('absent_until', models.DateField(blank=True, null=True, verbose_name='holder absent until')),
                        ('starts', models.DateField(blank=True, null=True, verbose_name='term starts')),
                        ('ends', models.DateField(blank=True, null=True, verbose_name='term ends')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='community.body')),
                        ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='seats_deputised', to='community.person')),
                        ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='seats_held', to='community.person')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='community.organisation')),
                        ('perspective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='community.perspective')),
                    ],
                    options={
                        'verbose_name': 'seat',
                        'verbose_name_plural': 'seats',
                        'ordering': ['position', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('starts', None), ('ends__gte', models.F('starts')), _connector='OR'), name='seat_ends_after_it_starts', violation_error_message='A term cannot end before it starts.'), models.CheckConstraint(condition=models.Q(('holder', None), ('deputy', None), models.Q(('holder', models.F('deputy')), _negated=True), _connector='OR'), name='seat_holder_is_not_deputy', violation_error_message='Nobody can be their own deputy.'), models.CheckConstraint(condition=models.Q(('has_voice', True), ('has_vote', False), _connector='OR'), name='seat_that_votes_has_a_voice', violation_error_message='A seat that votes also has a voice.')],
                    },
                ),
                migrations.CreateModel(
                    name='SelfDescription',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gender', models.CharField(blank=True, max_length=60, verbose_name='gender')),
                        ('age_group', models.CharField(blank=True, max_length=60, verbose_name='age group')),
                        ('neighbourhood', models.CharField(blank=True, max_length=120, verbose_name='neighbourhood')),
                        ('for_draws', models.BooleanField(default=False, verbose_name='also for quotas of draws by lot')),
                        ('said_on', models.DateField()),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='self_description', to='community.person')),
                    ],
                    options={
                        'verbose_name': 'self-description',
                        'verbose_name_plural': 'self-descriptions',
                    },
                ),
                migrations.CreateModel(
                    name='SheetImport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, verbose_name='file')),
                        ('content', models.BinaryField()),
                        ('state', models.CharField(choices=[('reading', 'being read'), ('open', 'waits for your word'), ('writing', 'being taken over'), ('done', 'taken over'), ('refused', 'cannot be read')], default='reading', max_length=8)),
                        ('mapping', models.JSONField(default=dict)),
                        ('seen', models.JSONField(default=list)),
                        ('totals', models.JSONField(default=dict)),
                        ('refusal', models.TextField(blank=True)),
                        ('received_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('sheet', models.PositiveSmallIntegerField(default=0)),
                        ('sheets', models.JSONField(default=list)),
                        ('columns', models.JSONField(default=list)),
                        ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imports', to='core.job')),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='core.municipality')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'import',
                        'verbose_name_plural': 'imports',
                        'ordering': ['-received_at', '-pk'],
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SheetLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveIntegerField()),
                        ('title', models.CharField(max_length=300)),
                        ('says', models.JSONField(default=dict)),
                        ('match', models.BigIntegerField(null=True)),
                        ('differences', models.JSONField(default=list)),
                        ('candidates', models.JSONField(default=list)),
                        ('remarks', models.JSONField(default=list)),
                        ('subject', models.CharField(choices=[('organisation', 'organisation'), ('body', 'body'), ('person', 'person'), ('row', 'row')], max_length=12)),
                        ('row', models.PositiveIntegerField()),
                        ('outcome', models.CharField(choices=[('new', 'new'), ('same', 'already there'), ('changed', 'changed'), ('similar', 'perhaps already there'), ('refused', 'not taken')], max_length=8)),
                        ('decision', models.CharField(blank=True, max_length=12)),
                        ('sheet_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='community.sheetimport')),
                    ],
                    options={
                        'verbose_name': 'line of a list',
                        'verbose_name_plural': 'lines of lists',
                        'ordering': ['position'],
                        'abstract': False,
                        'indexes': [models.Index(fields=['sheet_import', 'outcome', 'position'], name='community_s_sheet_i_f58b59_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Spelling',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=300)),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spellings', to='core.municipality')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='spellings', to='community.person')),
                        ('thing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='spellings', to='core.thing')),
                    ],
                    options={
                        'verbose_name': 'spelling',
                        'verbose_name_plural': 'spellings',
                        'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='one_meaning_for_a_spelling'), models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('thing__isnull', False)), models.Q(('person__isnull', False), ('thing', None)), _connector='OR'), name='spelling_of_one_thing_or_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Target',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('perspective', 'perspective'), ('language', 'language'), ('neighbourhood', 'neighbourhood'), ('gender', 'gender'), ('age_group', 'age group')], max_length=16, verbose_name='characteristic')),
                        ('unit', models.CharField(choices=[('percent', 'in percent'), ('people', 'as numbers of people or seats')], max_length=8, verbose_name='entered')),
                        ('source', models.CharField(max_length=300, verbose_name='source')),
                        ('set_on', models.DateField(verbose_name='set on')),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='core.municipality')),
                    ],
                    options={
                        'verbose_name': 'target',
                        'verbose_name_plural': 'targets',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('municipality', 'kind'), name='one_target_per_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='TargetShare',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('word', models.CharField(max_length=120, verbose_name='value')),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='share')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='community.target')),
                    ],
                    options={
                        'verbose_name': 'target share',
                        'verbose_name_plural': 'target shares',
                        'ordering': ['position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('target', 'word'), name='one_share_per_value'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='target_share_is_not_negative', violation_error_message='A share cannot be below 0.')],
                    },
                ),
                migrations.CreateModel(
                    name='Tenure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('function', models.CharField(max_length=120, verbose_name='function')),
                        ('as_deputy', models.BooleanField(default=False, verbose_name='as deputy')),
                        ('starts', models.DateField(verbose_name='from')),
                        ('ended', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tenures', to='community.person')),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='community.seat')),
                    ],
                    options={
                        'verbose_name': 'tenure',
                        'verbose_name_plural': 'tenures',
                        'ordering': ['-starts', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('seat', 'as_deputy'), name='one_holder_and_one_deputy_at_a_time'), models.CheckConstraint(condition=models.Q(('ended', None), ('ended__gte', models.F('starts')), _connector='OR'), name='tenure_ends_after_it_starts', violation_error_message='A tenure cannot end before it starts.')],
                    },
                ),
                migrations.CreateModel(
                    name='Characteristic',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('gender', 'gender'), ('age_group', 'age group'), ('neighbourhood', 'neighbourhood')], max_length=16)),
                        ('words', models.TextField(verbose_name='words to choose from')),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='characteristics', to='core.municipality')),
                    ],
                    options={
                        'verbose_name': 'characteristic',
                        'verbose_name_plural': 'characteristics',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('municipality', 'kind'), name='one_characteristic_per_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='ColumnMapping',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('headings', models.CharField(max_length=64)),
                        ('mapping', models.JSONField(default=dict)),
                        ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='column_mappings', to='core.municipality')),
                    ],
                    options={
                        'verbose_name': 'column mapping',
                        'verbose_name_plural': 'column mappings',
                        'constraints': [models.UniqueConstraint(fields=('municipality', 'headings'), name='one_mapping_for_the_same_headings')],
                    },
                ),
            ],
        ),
    ]
