from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0007_passages_in_languages'),
    ]

    operations = [
        migrations.AddField(
            model_name='blackedout',
            name='place',
            field=models.CharField(blank=True, default='', max_length=200, verbose_name='where exactly'),
            preserve_default=False,
        ),
    ]
