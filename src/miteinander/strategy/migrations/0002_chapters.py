import django.db.models.deletion
from django.db import migrations, models


OUTLINE = (
    "preface", "purpose", "glance", "figures", "structures", "understanding", "terms", "making",
    "overview", "fields", "implementation", "literature", "imprint", "appendix",
)  # fmt: skip


def give_every_concept_its_outline(apps, schema_editor):
    """Editions that began before there were chapters get the same ones as a new edition."""
    chapter = apps.get_model("strategy", "Chapter")
    for concept in apps.get_model("strategy", "Concept").objects.all():
        chapter.objects.bulk_create(
            chapter(concept=concept, chapter_kind=kind, position=place)
            for place, kind in enumerate(OUTLINE, start=1)
        )


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='concept',
            name='text',
            field=models.TextField(blank=True, verbose_name='what it is about'),
        ),
        migrations.CreateModel(
            name='Chapter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('chapter_kind', models.CharField(choices=[('preface', 'Preface'), ('purpose', 'What an integration concept is for'), ('glance', 'At a glance'), ('figures', 'Data, figures, facts'), ('structures', 'Structures and networks'), ('understanding', 'What we mean by integration'), ('terms', 'Terms'), ('making', 'How this concept was made'), ('overview', 'Fields of action and cross-cutting themes'), ('fields', 'The fields of action in detail'), ('implementation', 'Implementation'), ('literature', 'Literature'), ('imprint', 'Imprint'), ('appendix', 'Appendix'), ('own', 'own chapter')], max_length=16, verbose_name='kind')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='heading')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('is_left_out', models.BooleanField(default=False, verbose_name='left out')),
                ('is_example', models.BooleanField(default=False, verbose_name='example')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('concept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chapters', to='strategy.concept')),
            ],
            options={
                'verbose_name': 'chapter',
                'verbose_name_plural': 'chapters',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('chapter_kind', 'own'), _negated=True), fields=('concept', 'chapter_kind'), name='one_chapter_of_each_kind'), models.CheckConstraint(condition=models.Q(models.Q(('chapter_kind', 'own'), _negated=True), models.Q(('title', ''), _negated=True), _connector='OR'), name='own_chapter_has_a_heading')],
            },
        ),
        migrations.RunPython(give_every_concept_its_outline, migrations.RunPython.noop),
    ]
